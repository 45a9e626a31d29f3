"""Everything that knows Streamlit or HTTP; nothing in `core` imports from here."""
