"""The colours of page and figures, light and dark. Hue names a measure, never a judgement.

Text tokens (`ink`, `ink2`, `ink3`) keep 4.5 to 1 on `paper` and `sheet`; marks and edges keep 3 to 1.
Source: project default (contrast by the relative luminance of WCAG 2.x).
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Palette:
    """One theme's colours as `#RRGGBB`.

    A `_pale` colour fills marks that are less exact; it is always outlined in the full colour, since
    it has too little contrast of its own. `rule` and `hatch` are decoration, doubled by shape or words.
    """

    name: str
    paper: str
    sheet: str
    ink: str
    ink2: str
    ink3: str
    edge: str
    rule: str
    hatch: str
    primary: str
    anxiety: str
    reassurance: str
    reassurance_pale: str
    distortions: str
    distortions_pale: str


LIGHT = Palette(
    name="light",
    paper="#FBF9F4",
    sheet="#F1EDE4",
    ink="#25221E",
    ink2="#575146",
    ink3="#6A6357",
    edge="#8A8272",
    rule="#DCD5C8",
    hatch="#B9B09F",
    primary="#14465C",
    anxiety="#14465C",
    reassurance="#A2541C",
    reassurance_pale="#EAD2BC",
    distortions="#8A6394",
    distortions_pale="#E2D6E4",
)

DARK = Palette(
    name="dark",
    paper="#1C1A17",
    sheet="#272420",
    ink="#EDE8DE",
    ink2="#BDB5A7",
    ink3="#A69E90",
    edge="#837B6C",
    rule="#3B3731",
    hatch="#6B6457",
    primary="#5A9AAF",
    anxiety="#9FD3E0",
    reassurance="#E2A36C",
    reassurance_pale="#54402B",
    distortions="#B287B0",
    distortions_pale="#473A48",
)
