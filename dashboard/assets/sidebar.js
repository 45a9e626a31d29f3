// On a phone the menu covers the whole screen, so choosing a page in it closes it again.

const NARROW = matchMedia("(max-width: 767px)");
const LINK = '[data-testid="stSidebar"] a';
const CLOSE = '[data-testid="stSidebarCollapseButton"] button';

document.addEventListener("click", (event) => {
  if (NARROW.matches && event.target instanceof Element && event.target.closest(LINK)) {
    document.querySelector(CLOSE)?.click();
  }
});
