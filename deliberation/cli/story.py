"""What the demonstration tells: three invented places, their words in three languages, and how their people lean.

Only words and weights stand here; what happens to them is in `demonstration`, and goes through the acts of the house.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deliberation.cli.crowd import Leanings
from deliberation.domain.protocol import Actor, Criterion, Posture, Protocol

Words = Mapping[str, str]
TAGS = ("en", "fr", "es")
ZONE = "America/Guatemala"


def said(en: str, fr: str, es: str) -> dict[str, str]:
    """Return the three languages of one text."""
    return {"en": en, "fr": fr, "es": es}


@dataclass(frozen=True, slots=True)
class Place:
    """An assembly of the demonstration: its neutral name, its circle, its people by voice, what it watches."""

    slug: str
    title: str
    circle: int
    k: int
    voices: Sequence[tuple[Words, int]]
    threats: Sequence[str]
    measures: Sequence[str]
    spares: int = 8

    @property
    def members(self) -> int:
        """How many people it says it is."""
        return sum(size for _, size in self.voices)


UPPER = said("The upper hamlets", "Les hameaux du haut", "Los caseríos de arriba")
VALLEY = said("The valley", "La vallée", "El valle")
YOUNG = said("Young people", "Les jeunes", "La juventud")
MEASURES = ("M09", "M14", "M15", "M18", "M23", "M25", "M38", "M41")

FORTY = Place("garden", "The garden", 5, 3, ((UPPER, 16), (VALLEY, 13), (YOUNG, 11)), ("T12", "T17", "T22"), MEASURES)
SIXTEEN = Place("workshop", "L’atelier", 3, 2, ((UPPER, 9), (VALLEY, 7)), ("T03", "T13", "T25"), MEASURES)
SIX = Place("choir", "El coro", 3, 2, ((UPPER, 9),), (), (), 3)

WISHES = {"M09": 9, "M14": 7, "M38": 6, "M18": 5}
WISHES_OF_THE_YOUNG = {"M25": 30, "M15": 4, "M41": 3, "M09": 1}


def wishes(place: Place, liked: Mapping[str, int]) -> tuple[int, ...]:
    """Return the weights of the measures, in the order of the questionnaire."""
    return tuple(liked.get(code, 0) for code in sorted(place.measures))


BASELINE_FORTY: Leanings = {
    "B1": (1, 4, 5, 3, 1),
    "C1.T12": (1, 3, 6),
    "C2.T12": (0, 1, 2, 5, 6),
    "C3.T12": (0, 0, 2, 5, 7),
    "C2.T17": (5, 4, 2, 1, 0),
    "C3.T17": (2, 3, 4, 2, 1),
    "C2.T17@3": (0, 0, 0, 3, 6),
    "C3.T17@3": (0, 0, 0, 2, 7),
    "C1.T17@3": (0, 2, 6),
    "C2.T22": (1, 3, 5, 2, 0),
    "C3.T22": (3, 5, 3, 1, 0),
    "E1": (3, 5, 3, 1, 0),
    "G4@3": (0, 1, 2, 5, 4),
    "H1": wishes(FORTY, WISHES),
    "H3": wishes(FORTY, {}),
    "H1@3": wishes(FORTY, WISHES_OF_THE_YOUNG),
}
BASELINE_SIXTEEN: Leanings = {
    "C2.T13": (0, 1, 1, 6, 6),
    "C3.T13": (0, 0, 1, 6, 7),
    "C2.T03": (4, 4, 2, 1, 0),
    "C3.T03": (3, 4, 3, 1, 0),
    "C2.T25": (1, 2, 4, 3, 1),
    "H1": wishes(SIXTEEN, WISHES),
    "H3": wishes(SIXTEEN, {}),
}
FIRST_ROUND: Leanings = {"S1": (18, 12, 4, 5, 1, 0)}
SECOND_ROUND: Leanings = {"S1": (34, 3, 1, 0, 0, 0)}
WAITING_ROUND: Leanings = {"S1": (20, 4, 2, 4, 3, 0)}
CALM_PULSE: Leanings = {"P1": (1, 3, 6, 4, 1), "P6": (9, 3, 0, 0)}

PROTOCOL = Protocol(
    principles=said(
        "We protect each other together. Nobody is put forward alone. What we decide, we decide in the assembly.",
        "Nous nous protégeons ensemble. Personne n’est mis en avant seul. Ce que nous décidons, l’assemblée le décide.",
        "Nos protegemos en conjunto. Nadie queda al frente a solas. Lo que decidimos, lo decide la asamblea.",
    ),
    criteria=(
        Criterion("together", said("Protects everyone", "Protège tout le monde", "Protege a todo el mundo")),
        Criterion("nobody-alone", said("Puts nobody forward", "N’expose personne", "No expone a nadie")),
        Criterion("bearable", said("Can be borne for long", "Peut durer sans épuiser", "Se puede sostener sin agotar")),
    ),
    actors=(
        Actor("company", said("The mining company", "L’entreprise minière", "La empresa minera"), Posture.NO_DIALOGUE),
        Actor("town", said("The town hall", "La mairie", "La alcaldía"), Posture.DEMAND_DUTY),
    ),
)
ADOPT_PROTOCOL = said(
    "Adopt our first protocol: three principles, and no dialogue with the mining company.",
    "Adopter notre premier protocole : trois principes, et aucun dialogue avec l’entreprise minière.",
    "Adoptar nuestro primer protocolo: tres principios, y ningún diálogo con la empresa minera.",
)
ALERT_TREE = said(
    "Build an alert tree that works without internet: each house warns two others.",
    "Monter une chaîne d’alerte sans internet : chaque maison en prévient deux autres.",
    "Armar una cadena de aviso sin internet: cada casa avisa a otras dos.",
)
ALERT_TREE_AMENDED = said(
    "Build an alert tree without internet: each house warns two others; the young do not carry messages at night.",
    "Monter une chaîne d’alerte sans internet : chaque maison en prévient deux autres ; "
    "les jeunes ne portent pas de message la nuit.",
    "Armar una cadena de aviso sin internet: cada casa avisa a otras dos; la juventud no lleva mensajes de noche.",
)
COMPLAINT = said(
    "File a collective complaint about the new fences, signed by the collective only.",
    "Déposer une plainte collective sur les nouvelles clôtures, signée du collectif seulement.",
    "Presentar una denuncia colectiva por los cercos nuevos, firmada solo por el colectivo.",
)
MEETING = said(
    "Meet the company once to hear what it offers.",
    "Rencontrer une fois l’entreprise pour entendre ce qu’elle propose.",
    "Reunirse una vez con la empresa para oír qué ofrece.",
)
PROTECTS = said(
    "Every household, neighbours first", "Chaque foyer, les voisins d’abord", "Cada hogar, primero el vecindario"
)
ENDANGERS = said("Those who walk at night", "Celles et ceux qui marchent la nuit", "Quienes caminan de noche")
EFFORT = said("Every house in turn", "Chaque maison à son tour", "Cada casa por turno")
REPLY = said(
    "The text now says that the young do not carry messages at night.",
    "Le texte dit maintenant que les jeunes ne portent pas de message la nuit.",
    "El texto dice ahora que la juventud no lleva mensajes de noche.",
)
STEPS = {
    "1": said(
        "Usual life. Check-ins on market days.",
        "Vie habituelle. Signalements les jours de marché.",
        "Vida de siempre. Avisos los días de mercado.",
    ),
    "2": said(
        "Travel in pairs. Phones charged.",
        "Se déplacer à deux. Téléphones chargés.",
        "Moverse en pareja. Teléfonos cargados.",
    ),
    "3": said(
        "Children stay near. Alert tree every evening.",
        "Les enfants restent près. Chaîne d’alerte chaque soir.",
        "La niñez se queda cerca. Cadena de aviso cada noche.",
    ),
    "4": said(
        "Meeting points. Call the allies.",
        "Points de rencontre. Appeler les alliés.",
        "Puntos de encuentro. Llamar a las alianzas.",
    ),
}
