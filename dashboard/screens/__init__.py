"""One file a screen. Streamlit runs each as a script of its own, through `dashboard/main.py`."""
