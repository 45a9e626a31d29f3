"""A round through a page with the Tab key alone: what is reached, whether it is seen, and what is left out."""

from dataclasses import dataclass

from playwright.sync_api import Page

MOST_STOPS = 250
MOST_INSIDE = 40  # a table takes Tab from cell to cell along a row before it lets go
# What can be typed into or pressed and is in sight. A group of choices is one stop, and arrows lead on from there.
START = """() => {
  const shown = (at) => at.checkVisibility({ visibilityProperty: true }) && !at.closest('[inert]');
  const asked = 'a[href], button, input:not([type=hidden]), select, textarea, summary';
  const alone = (at) => !at.disabled && at.tabIndex >= 0 && !at.closest('[role=radiogroup], [role=toolbar]');
  window.toReach = new Set([...document.querySelectorAll(asked)].filter((at) => shown(at) && alone(at)));
  window.stops = [];
  window.top_of_page = document.createElement('span');
  window.top_of_page.tabIndex = -1;
  document.body.prepend(window.top_of_page);
  window.top_of_page.focus();
}"""
# How something is drawn that may show the focus: itself, what is around it, and what stands for it in its label.
LOOKS = """
  const looks = (at) => {
    for (const each of document.getAnimations()) if (each instanceof CSSTransition) each.finish();
    const around = [at];
    for (let up = at.parentElement; up && around.length < 5; up = up.parentElement) around.push(up);
    const label = at.closest('label');
    const each = [...around, ...(label ? label.querySelectorAll('*') : []), ...at.querySelectorAll('*')].slice(0, 40);
    return each.map((one) => {
      const style = getComputedStyle(one);
      return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.borderColor,
              style.backgroundColor].join();
    }).join('|');
  };"""
STEP = (
    "() => {"
    + LOOKS
    + """
  let at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return 'round';
  if (at === window.stops.at(-1)?.at) return 'inside';
  const name = at.getAttribute('aria-label') || at.labels?.[0]?.innerText || at.innerText || at.tagName;
  const box = (at.closest('label') ?? at).getBoundingClientRect();
  const inSight = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  if (window.stops.some((stop) => stop.at === at)) return 'round';
  window.stops.push({ at, name: name.trim().slice(0, 60), inSight, looks: looks(at) });
  return 'on';
}"""
)
END = (
    "() => {"
    + LOOKS
    + """
  document.activeElement?.blur();
  window.top_of_page.remove();
  const reached = new Set(window.stops.map((stop) => stop.at));
  const named = (at) => (at.getAttribute('aria-label') || at.innerText || at.name || at.tagName).trim().slice(0, 60);
  const stood = window.stops.filter((stop) => stop.at.isConnected && stop.at.tagName !== 'CANVAS');  // draws its own
  return {
    stops: window.stops.map((stop) => stop.name),
    unseen: window.stops.filter((stop) => !stop.inSight).map((stop) => stop.name),
    unmarked: stood.filter((stop) => looks(stop.at) === stop.looks).map((stop) => stop.name),
    missed: [...window.toReach].filter((at) => at.isConnected && !reached.has(at)).map(named),
  };
}"""
)


@dataclass(frozen=True, kw_only=True)
class TabRound:
    """Every stop by its name; which of them lay out of sight or looked as if without the focus; what was missed."""

    stops: list[str]
    unseen: list[str]
    unmarked: list[str]
    missed: list[str]
    trapped: bool

    @property
    def problems(self) -> dict[str, list[str]]:
        """What is wrong; empty where nothing is."""
        trap = [self.stops[-1]] if self.trapped else []
        found = {"unseen": self.unseen, "unmarked": self.unmarked, "missed": self.missed, "trap": trap}
        return {name: stops for name, stops in found.items() if stops}


def tab_round(page: Page) -> TabRound:
    """Press Tab from the top of the page until it begins anew."""
    page.evaluate(START)
    went, inside = "on", 0
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        went = page.evaluate(STEP)
        inside = inside + 1 if went == "inside" else 0
        if went == "round" or inside > MOST_INSIDE:
            break
    return TabRound(**page.evaluate(END), trapped=went != "round")
