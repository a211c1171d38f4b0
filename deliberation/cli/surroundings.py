"""What the demonstration tells of the world around its largest place, and of what was said before a round."""

from datetime import timedelta

from commons import clock
from deliberation.actions import around, talking
from deliberation.actions.actors import keep_actor
from deliberation.actions.around import Asked
from deliberation.cli.life import Life
from deliberation.cli.story import said
from deliberation.domain.actors import ActorCard, Category
from deliberation.domain.around import months
from deliberation.domain.talk import Question, Side

QUESTION = said(
    "What if a house has no telephone?", "Et si une maison n’a pas de téléphone ?", "¿Y si una casa no tiene teléfono?"
)
ANSWER = said(
    "Somebody walks over: that is why each house warns only two.",
    "Quelqu’un y va à pied : c’est pourquoi chaque maison n’en prévient que deux.",
    "Alguien va a pie: por eso cada casa avisa solo a dos.",
)
REASONS = (
    (
        Side.FOR,
        said(
            "It works when the network is cut.",
            "Cela marche quand le réseau est coupé.",
            "Funciona cuando cortan la señal.",
        ),
    ),
    (
        Side.FOR,
        said("Nobody has to decide alone.", "Personne ne doit décider seul.", "Nadie tiene que decidir a solas."),
    ),
    (
        Side.AGAINST,
        said(
            "A false alarm tires everybody.",
            "Une fausse alerte fatigue tout le monde.",
            "Una falsa alarma cansa a todo el mundo.",
        ),
    ),
    (
        Side.DEPENDS,
        said("On who is awake at night.", "De qui est éveillé la nuit.", "De quién está despierto de noche."),
    ),
)
ACTORS = (
    ActorCard(said("The mining company", "L’entreprise minière", "La empresa minera"), Category.COMPANY, 5, -2),
    ActorCard(said("The town hall", "La mairie", "La alcaldía"), Category.INSTITUTION, 4, 0),
    ActorCard(
        said("The police of the district", "La police du district", "La policía del distrito"), Category.FORCES, 4, -1
    ),
    ActorCard(
        said("The villages downstream", "Les villages en aval", "Los pueblos río abajo"), Category.COMMUNITY, 2, 2
    ),
    ActorCard(said("The local radio", "La radio locale", "La radio local"), Category.MEDIA, 3, 1),
)
HAPPENED = (("T12", 0), ("T12", 0), ("T12", 0), ("T17", 1), ("T12", 2))
"""Threats and how many months ago they showed themselves."""
TOWN_HALL = said("The town hall", "La mairie", "La alcaldía")
ENVIRONMENT = said("The ministry of the environment", "Le ministère de l’environnement", "El ministerio de ambiente")
DEMANDS = (
    (
        TOWN_HALL,
        said(
            "Answer our complaint about the fences",
            "Répondre à notre plainte sur les clôtures",
            "Responder a nuestra denuncia por las cercas",
        ),
        60,
        20,
    ),
    (
        ENVIRONMENT,
        said("Publish the water measurements", "Publier les mesures de l’eau", "Publicar las mediciones del agua"),
        10,
        -20,
    ),
)
"""Of whom, what, asked how many days ago, due how many days ago."""


def talk_over(life: Life, proposal: str) -> None:
    """Write down what people asked and argued before the round."""
    talking.ask(life.assembly, proposal, QUESTION)
    talking.answer(life.assembly, proposal, Question(QUESTION, {}).id, ANSWER)
    for side, words in REASONS:
        talking.argue(life.assembly, proposal, side, words)


def notice(life: Life) -> None:
    """Write down who is around, what happened, and what institutions were asked."""
    today = clock.today(life.assembly)
    for actor in ACTORS:
        keep_actor(life.assembly, actor, sure=True)
    for threat, ago in HAPPENED:
        around.record_incident(life.assembly, threat, months(today)[ago], {})
    for institution, duty, made, due in DEMANDS:
        asked = Asked(institution, duty, today - timedelta(days=made), today - timedelta(days=due))
        around.demand(life.assembly, asked)
