"""What other programs found, each with its name and version: copied once, never computed here.

Histograms are counts per level, lowest level first.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ordinal:
    """Four indices of one histogram, by agrmt 1.42.12 (R, CRAN); l^2 from its formula, 1 - 4 sum F(1-F) / (K-1)."""

    counts: tuple[int, ...]
    van_der_eijk: float
    tastle_wierman: float
    leik: float
    blair_lacy: float


ORDINAL = (
    Ordinal(
        (30, 40, 210, 130, 530, 50, 10), 0.6113333333333333, 0.7256876139593462, 0.2866666666666666, 0.5973333333333335
    ),
    Ordinal((20, 5, 0, 5, 20), -0.6555555555555556, 0.11699250014423113, 0.8999999999999999, 0.020000000000000007),
    Ordinal((0, 0, 10, 0, 0), 1.0, 1.0, 0.0, 1.0),
    Ordinal((4, 4, 4, 4, 4), 0.0, 0.43398500028846243, 0.6, 0.20000000000000004),
    Ordinal((2, 3, 5, 18, 13), 0.5121951219512195, 0.6335031300551421, 0.3658536585365854, 0.4455681142177276),
    Ordinal((1, 0, 2, 3, 2), 0.29166666666666663, 0.5409730567380588, 0.4375, 0.35937499999999994),
    Ordinal((9, 0, 0, 0, 3), 0.0, 0.18872187554086717, 0.5, 0.25),
)

IPRAS = (0, 0, 0, 1, 1, 1, 5, 5, 2)
"""BMJ Open 2012;2:e001431, table 1: median 7, P30 7, P70 8, range 1, IPRAS 6.1, no disagreement."""

KRIPPENDORFF = (
    (1, 2, 3, 4, 5, 3), (1, 2, 3, 4, 4, 3), (2, 2, 3, 4, 5, 0), (1, 3, 0, 5, 5, 2),
    (1, 2, 2, 4, 5, 3), (2, 2, 3, 3, 5, 4), (1, 1, 3, 4, 0, 3), (0, 2, 4, 4, 5, 3),
)  # fmt: skip
"""Eight people, six items, 0 for no answer."""
KRIPPENDORFF_ALPHA = {"nominal": 0.43375148224427396, "ordinal": 0.8383888651019786, "interval": 0.836085570955888}
"""krippendorff 0.9.0."""

FLEISS = ((0, 0, 2, 5, 1), (1, 3, 3, 1, 0), (0, 0, 0, 2, 6), (2, 2, 2, 2, 0), (0, 1, 1, 3, 3))
FLEISS_KAPPA = 0.09282207154547567
"""statsmodels 0.15.0."""

KENDALL = (
    (5, 3, 1, 2, 2),
    (4, 4, 1, 3, 2),
    (5, 2, 2, 1, 3),
    (5, 3, 1, 1, 2),
    (4, 5, 2, 2, 1),
    (5, 4, 1, 3, 3),
    (3, 3, 3, 3, 3),
)
"""Seven people, five items."""
KENDALL_W, FRIEDMAN, FRIEDMAN_P = 0.6328320802005007, 17.71929824561402, 0.001400118307256783
"""scipy 1.17.1."""

WILSON = (27, 41, 0.9, 0.5303316484848385, 0.767113457389525)
"""statsmodels 0.15.0: count, total, confidence, low, high."""

MOVES = ((3, 2, 0, 0, 0), (1, 4, 3, 0, 0), (0, 1, 5, 4, 1), (0, 0, 1, 6, 3), (0, 0, 0, 1, 5))
"""The answer in one round (row) and in the next (column) of the same forty people."""
UNCHANGED, STUART_MAXWELL, STUART_MAXWELL_P = 0.575, 5.126436781609196, 0.27456858032696196
BOWKER, BOWKER_P = 5.133333333333333, 0.8820949837721217
"""statsmodels 0.15.0."""

MCNEMAR, MCNEMAR_P = (3, 9), 0.14599609375
"""statsmodels 0.15.0: supporters lost and won between two rounds, the exact test."""

MEDIANS = (
    (5, 3, 1, 2), (1, 5, 3, 2), (2, 1, 5, 3), (5, 4, 1, 1), (1, 5, 4, 2), (3, 1, 5, 3), (4, 4, 2, 5), (2, 5, 3, 3),
    (5, 1, 4, 2),
)  # fmt: skip
"""pref_voting 1.18.2: nine people, four items; their medians are 3, 4, 3, 2 and item 1 wins by majority gauge, by
typical and by usual judgement; by STAR items 0 and 1 win."""

GAUGE = ((4, 3, 4, 3, 5, 3, 5), (4, 2, 4, 1, 5, 1, 5))
"""whalrus 0.4.6: seven answers to each of two items of one gauge, (4, 2/7, 3/7); taken in full, the first one wins."""

BEFORE, AFTER = (2, 3, 3, 4, 2, 5, 3, 3, 1, 4, 2, 3), (3, 4, 3, 4, 3, 5, 4, 3, 2, 4, 3, 3)
WILCOXON, WILCOXON_P = 0, 0.014305878435429619
"""scipy 1.17.1, Pratt's way with those who stayed: twelve people in two rounds."""

PAIRED, PAIRED_MARGIN, PAIRED_ERROR, PAIRED_Z = (20, 9, 3, 9), 6, 3.3349589531975043, 1.799122593172338
"""statsmodels 0.15.0: people who put both dangers high, only the first, only the second, neither."""

GROUP_VOTES = (
    (1, 1, -1, None), (1, 1, -1, 0), (1, -1, -1, 1), (1, None, 1, 1), (1, -1, 1, 1), (0, -1, 1, 1), (-1, -1, 1, None),
)  # fmt: skip
GROUP_LABELS = (0, 0, 0, 1, 1, 1, 1)
GROUP_AGREE = (0.4, 0.12, 0.16666666666666669, 0.4)
GROUP_DISAGREE = (0.06666666666666667, 0.32000000000000006, 0.13333333333333333, 0.05)
"""red-dwarf 0.4.0: seven people of two groups, four items, None for no vote."""

WINS = ((0, 7, 6, 4), (3, 0, 5, 6), (4, 5, 0, 3), (6, 4, 7, 0))
BRADLEY_TERRY = (0.20325592117260172, -0.10098508947936137, -0.3055267521505527, 0.20325592045731233)
"""choix 0.4.1: how often each of four items won against each other one, their centred log strengths to a millionth."""
