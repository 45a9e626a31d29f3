// Where Streamlit's server is. Without this its page first asks below the address of the screen that was opened.
window.__streamlit = { BACKEND_BASE_URL: location.origin };
