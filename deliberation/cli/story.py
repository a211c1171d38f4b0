"""What the demonstration tells: three invented places, their words in three languages, and how their people lean.

Only words and weights stand here; what happens to them is in `demonstration`, and goes through the acts of the house.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from deliberation.cli.crowd import Leanings
from deliberation.domain.protocol import Actor, Criterion, Effect, Posture, Protocol, Relation

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
    profile: Mapping[str, object] = field(default_factory=dict)

    @property
    def members(self) -> int:
        """How many people it says it is."""
        return sum(size for _, size in self.voices)


UPPER = said("The upper hamlets", "Les hameaux du haut", "Los caseríos de arriba")
VALLEY = said("The valley", "La vallée", "El valle")
YOUNG = said("Young people", "Les jeunes", "La juventud")
MEASURES = ("M09", "M14", "M15", "M18", "M23", "M25", "M38", "M41")

PROFILE = {
    "kind": "territorial",
    "mission": said("To keep the water and the land.", "Garder l’eau et la terre.", "Cuidar el agua y la tierra."),
    "context": said(
        "A mine wants the upper spring.", "Une mine veut la source du haut.", "Una mina quiere el nacimiento de arriba."
    ),
    "needs": said("To warn each other in time.", "Nous prévenir à temps.", "Avisarnos a tiempo."),
}
VOICES = ((UPPER, 16), (VALLEY, 13), (YOUNG, 11))

FORTY = Place("garden", "The garden", 5, 3, VOICES, ("T12", "T17", "T22"), MEASURES, profile=PROFILE)
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
    "C1.T17": (7, 2, 0),
    "C2.T17": (8, 2, 0, 0, 0),
    "C3.T17": (6, 4, 0, 0, 0),
    "C1.T17@3": (0, 3, 6),
    "C2.T17@3": (0, 0, 1, 5, 4),
    "C3.T17@3": (0, 0, 0, 4, 6),
    "C2.T22": (0, 3, 7, 1, 0),
    "C3.T22": (1, 4, 5, 2, 0),
    "E1": (3, 5, 3, 1, 0),
    "G4@3": (0, 1, 2, 5, 4),
    "H1": wishes(FORTY, WISHES),
    "H3": wishes(FORTY, {}),
    "H1@3": wishes(FORTY, WISHES_OF_THE_YOUNG),
}
CARRY_SIXTEEN = 14
"""What the place of sixteen can carry: fewer measures than it wishes for."""

BASELINE_SIXTEEN: Leanings = {
    "C2.T13": (0, 1, 1, 6, 6),
    "C3.T13": (0, 0, 1, 6, 7),
    "C2.T03": (4, 4, 2, 1, 0),
    "C3.T03": (3, 4, 3, 1, 0),
    "C2.T25": (1, 2, 4, 3, 1),
    "H1": wishes(SIXTEEN, WISHES),
    "H3": wishes(SIXTEEN, {}),
}
NOTHING = (0, 0, 0)
FIRST_ROUND: Leanings = {
    "S1": (18, 12, 4, 5, 1, 0),
    "S2": (0, 1, 6),
    "S2@3": (0, 8, 2),
    "S3": (0, 0, 4, 0, 2, 0, 1),
    "S3@3": (0, 0, 1, 7, 0, 2, 0),
}
SECOND_ROUND: Leanings = {"S1": (34, 3, 1, 0, 0, 0), "S2": NOTHING, "S3": (0, 0, 0, 0, 0, 5, 0)}
WAITING_ROUND: Leanings = {
    "S1": (20, 4, 2, 4, 3, 0),
    "S2": (0, 5, 0),
    "S3": (4, 2, 0, 0, 0, 3, 0),
}
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
    "Build an alert tree without internet: each house warns two others; at night two adults go together, never the "
    "young.",
    "Monter une chaîne d’alerte sans internet : chaque maison en prévient deux autres ; "
    "la nuit, deux adultes vont ensemble, jamais les jeunes.",
    "Armar una cadena de aviso sin internet: cada casa avisa a otras dos; "
    "de noche van juntas dos personas adultas, nunca la juventud.",
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
REACH = {
    Relation.HOUSEHOLD: Effect.PROTECTS,
    Relation.FRIENDS: Effect.NEITHER,
    Relation.NEIGHBOURS: Effect.BOTH,
    Relation.WORKMATES: Effect.NEITHER,
}
PROTECTS = said(
    "Every household, neighbours first", "Chaque foyer, les voisins d’abord", "Cada hogar, primero el vecindario"
)
ENDANGERS = said("Those who walk at night", "Celles et ceux qui marchent la nuit", "Quienes caminan de noche")
EFFORT = said("Every house in turn", "Chaque maison à son tour", "Cada casa por turno")
REPLIES: Mapping[str, tuple[str, Words]] = {
    "nobody-alone": (
        "merged",
        said(
            "The text now says it: at night two adults go together.",
            "Le texte le dit maintenant : la nuit, deux adultes vont ensemble.",
            "El texto ahora lo dice: de noche van juntas dos personas adultas.",
        ),
    ),
    "bearable": (
        "answered",
        said(
            "Each house has its turn one week in four. Whoever is tired says so, and the next house takes the turn.",
            "Chaque maison a son tour une semaine sur quatre. Si elle est fatiguée, la suivante prend le relais.",
            "A cada casa le toca una semana de cada cuatro. Si está cansada, lo dice, y la siguiente toma el turno.",
        ),
    ),
    "help3": (
        "answered",
        said(
            "A list of turns hangs in the school: no house has two weeks in a row.",
            "Une liste des tours est affichée à l’école : aucune maison n’a deux semaines de suite.",
            "La lista de turnos está en la escuela: ninguna casa tiene dos semanas seguidas.",
        ),
    ),
    "help4": (
        "merged",
        said(
            "The text now keeps the young at home at night: they carry no message.",
            "Le texte garde maintenant les jeunes à la maison la nuit : ils ne portent pas de message.",
            "El texto deja ahora a la juventud en casa de noche: no lleva mensajes.",
        ),
    ),
    "help5": (
        "answered",
        said(
            "We begin with the houses along the river and see for one month how it goes.",
            "Nous commençons par les maisons au bord de la rivière et regardons pendant un mois.",
            "Empezamos con las casas junto al río y vemos un mes cómo va.",
        ),
    ),
    "help6": (
        "answered",
        said(
            "The date to look at it again is written in the plan; any circle may ask for it earlier.",
            "La date pour en reparler est dans le plan ; chaque cercle peut la demander plus tôt.",
            "La fecha para revisarlo está en el plan; cualquier círculo puede pedirla antes.",
        ),
    ),
    "help7": (
        "recorded",
        said(
            "We heard that not everybody wants it. It stays written here; no house is forced to take part.",
            "Nous avons entendu que tout le monde n’en veut pas. Cela reste écrit ici ; aucune maison n’est obligée.",
            "Escuchamos que no todo el mundo la quiere. Queda escrito aquí; ninguna casa está obligada.",
        ),
    ),
}
"""How each objection to the alert tree was met, and in which words."""
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
