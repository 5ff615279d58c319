"""Which coalitions could carry a matter: who is a candidate, what is needed, and the coalitions without inner conflict."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import inf

from kg.analysis.cases.indices import read_quota, voting_weights
from kg.analysis.cases.model import Case, CaseTie, Interval
from kg.analysis.cases.standpoints import MIDDLE, Standpoint, without_doubles
from kg.analysis.voting import TooFineError, bloc_index, shapley_shubik
from kg.analysis.winning import Coalitions, coalitions
from kg.errors import AnalysisError, InputError

__all__ = ["Bloc", "CoalitionStudy", "Lift", "Tension", "Wishes", "study_coalitions"]

_CAP = 1000


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the analyst asks for.

    quota      as text, see `read_quota`
    required   who must be in, `also` who may be in whatever is known of its side, `excluded` who must be out
    connected  whether members must be tied to each other
    end        which end of the intervals of power counts
    unknown    what an unknown power is taken for; None: not counted
    """

    quota: str | None = None
    required: Sequence[str] = ()
    also: Sequence[str] = ()
    excluded: Sequence[str] = ()
    connected: bool = False
    end: str = "mid"
    unknown: float | None = None


@dataclass(frozen=True, slots=True)
class Bloc:
    """One minimal winning coalition without inner conflict.

    power     by the end of the intervals that counts; `interval` from all low to all high ends
    certain   True when it wins whatever the codings inside their intervals
    opposed   whoever outside, of all actors, is in tension with a member
    """

    members: tuple[str, ...]
    power: Fraction
    interval: Interval
    certain: bool
    opposed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tension:
    """Two candidates that do not sit together: the ties that say so, and what the strongest coalition would gain without them.

    price   None where it could not be proven; it lies between `least` and `most`
    """

    actor: str
    other: str
    ties: tuple[CaseTie, ...]
    least: float
    most: float

    @property
    def price(self) -> float | None:
        """The gain, where it is proven."""
        return self.least if self.least == self.most else None


@dataclass(frozen=True, slots=True)
class Lift:
    """What an interested but weak actor gains as a partner: its Shapley-Shubik index alone, inside `bloc`, and the difference."""

    actor: str
    bloc: tuple[str, ...]
    alone: Fraction
    inside: Fraction

    @property
    def gain(self) -> Fraction:
        """What the bloc adds."""
        return self.inside - self.alone


@dataclass(frozen=True, slots=True)
class CoalitionStudy:
    """Who could carry a matter together.

    candidates  ids of those that can be members, in order; `weights` what each counts, opponents included
    opponents   those against with known power; `silent` those against whose power is not known
    divided     those on both sides, no candidates
    unknown     candidates whose power is not known: not counted, or counted with what was assumed
    replaced    category -> its members among the candidates, which stand for it so that no power counts twice
    quota       what wins; `quota_given` False where more than half of all weights was taken
    total       all weights together
    """

    standpoints: Mapping[str, Standpoint]
    candidates: tuple[str, ...]
    opponents: tuple[str, ...]
    silent: tuple[str, ...]
    divided: tuple[str, ...]
    unknown: tuple[str, ...]
    replaced: Mapping[str, tuple[str, ...]]
    weights: Mapping[str, Fraction]
    intervals: Mapping[str, Interval]
    quota: Fraction
    quota_given: bool
    total: Fraction
    found: Coalitions
    blocs: tuple[Bloc, ...]
    tensions: tuple[Tension, ...]
    lifts: tuple[Lift, ...]
    wishes: Wishes

    @property
    def reach(self) -> Interval:
        """The power of the strongest coalition without inner conflict, from all low to all high ends."""
        return _sum(self.intervals, self.found.strongest)

    @property
    def resistance(self) -> Interval:
        """The power of those against, from all low to all high ends."""
        return _sum(self.intervals, self.opponents)


def study_coalitions(
    case: Case,
    stand: Mapping[str, Standpoint] | None,
    wishes: Wishes | None = None,
    *,
    time_limit: float | None = None,
    lifts: bool = True,
    concerning: Sequence[str] = (),
    progress: Callable[[str], None] | None = None,
) -> CoalitionStudy:
    """The minimal winning coalitions without inner conflict that could carry a matter, cheapest first, and what stands in the way.

    Candidates
        Who is for the matter or interested in it (`stand`, see `standpoints`); without it everybody. Who is required or may also be
        in becomes one, if it does not stand against. A category stands back for its members among the candidates, unless it is
        required itself, and a member for a required category: nobody's power counts twice.

    Power
        One end of the assessed intervals, or the middle. Unknown power is never made up: such a candidate is not counted unless
        `wishes.unknown` says what to take.

    Tensions
        Two candidates with any tie against between them do not sit together, inherited ties included where the case has them.

    Quota
        As given; otherwise more than half of the weights of candidates and opponents together, which is a choice and said so. When a
        quota that nobody gave is out of reach, the strongest coalition and the prices of tensions are found all the same.

    Interest
        As the standpoints have it. Where they are on an instrument they hold none: then the interest that regards one of `concerning`
        (ids: the instrument, its issues) says who is interested but weak. It makes nobody a candidate.

    `lifts` False leaves out what weak actors gain, which takes longest.

    Errors: AnalysisError without a candidate of known power or for a given quota out of reach, InputError for wishes that contradict
    each other or the facts.
    """
    asked = wishes or Wishes()
    sides = stand if stand is not None else {}
    _check(case, sides, asked)
    pool = [a.id for a in case.actors] if stand is None else [a for a, s in sides.items() if s.side in ("for", "interested")]
    pool = sorted({*pool, *asked.required, *asked.also})
    kept, replaced = without_doubles(case, pool, asked.required)
    known = voting_weights(case, asked.end)
    intervals = dict(case.power())
    unknown = tuple(actor for actor in kept if actor not in known and actor not in asked.excluded)
    silent = tuple(actor for actor, s in sides.items() if s.side == "against" and actor not in known)
    if asked.unknown is not None:
        guess = Fraction(str(asked.unknown))
        known |= dict.fromkeys((*unknown, *silent), guess)
        intervals |= dict.fromkeys((*unknown, *silent), (asked.unknown, asked.unknown))
    _check_required(case, asked, known)
    candidates = tuple(actor for actor in kept if actor in known and actor not in asked.excluded)
    opponents = tuple(actor for actor, s in sides.items() if s.side == "against" and actor in known)
    if not any(known[actor] for actor in candidates):
        raise AnalysisError(_nobody(kept, candidates))
    weights = {actor: known[actor] for actor in sorted({*candidates, *opponents})}
    total = sum(weights.values(), Fraction(0))
    quota = read_quota(asked.quota, weights)
    game = {actor: weights[actor] for actor in candidates}
    against = _tensions(case)
    reachable = sum(game.values()) >= quota
    if not reachable and asked.quota is not None:
        raise AnalysisError(
            f"--quota {asked.quota}: all {len(game)} candidates together have {float(sum(game.values())):g} of the "
            f"{float(quota):g} it takes; ask for less, add members with --with, or take the high end with --power high"
        )
    found = coalitions(
        game,
        [pair for pair in against if pair[0] in game and pair[1] in game],
        quota if reachable else sum(game.values()),
        ties=[(t.source, t.target) for t in case.ties if t.sign > 0 and t.source in game and t.target in game],
        required=asked.required,
        connected=asked.connected,
        cap=_CAP,
        time_limit=time_limit,
        progress=progress,
    )
    blocs = [sorted(members) for members in found.minimal] if reachable else []
    return CoalitionStudy(
        standpoints=sides,
        candidates=candidates,
        opponents=opponents,
        silent=silent,
        divided=tuple(actor for actor, s in sides.items() if s.side == "divided"),
        unknown=unknown,
        replaced=replaced,
        weights=weights,
        intervals=intervals,
        quota=quota,
        quota_given=asked.quota is not None,
        total=total,
        found=found,
        blocs=tuple(_bloc(members, weights, intervals, quota, asked.quota, against) for members in blocs),
        tensions=tuple(
            Tension(a, b, ties, *map(float, found.price_bounds[a, b]))
            for (a, b), ties in against.items()
            if a in game and b in game
        ),
        lifts=tuple(_lifts(case, _interests(case, sides, concerning), candidates, weights, quota, blocs) if lifts else ()),
        wishes=asked,
    )


def _nobody(kept: Sequence[str], candidates: Sequence[str]) -> str:
    """Why there is no game to play."""
    if not kept:
        return "coalition: nobody is known to be for the matter or interested in it; name another, or members with --with"
    if candidates:
        return "coalition: no candidate has power at this end of the intervals; take --power mid or high"
    return (
        f"coalition: no candidate's power is known ({len(kept)} of them); assess it, give --weights FILE, or guess with "
        "--unknown-power 0.5"
    )


def _check(case: Case, sides: Mapping[str, Standpoint], asked: Wishes) -> None:
    both = sorted(set(asked.required) & set(asked.excluded))
    if both:
        raise InputError(f"--with {case.label(both[0])!r}: also asked to stay out with --without; choose one")
    for actor in (*asked.required, *asked.also):
        if actor in sides and sides[actor].side == "against":
            facts = ", ".join(fact.id for fact in sides[actor].facts)
            option = "--with" if actor in asked.required else "--also"
            raise InputError(
                f"{option} {case.label(actor)!r}: it stands against ({facts}); leave it out, or change that in a scenario"
            )
    if asked.unknown is not None and not 0 <= asked.unknown < inf:
        raise InputError(f"--unknown-power {asked.unknown:g}: power is a number, 0 or more")


def _check_required(case: Case, asked: Wishes, known: Mapping[str, Fraction]) -> None:
    for actor in asked.required:
        if actor not in known:
            raise InputError(
                f"--with {case.label(actor)!r}: its power is not known, so it cannot be counted; --unknown-power 0.5 takes a guess"
            )


def _tensions(case: Case) -> dict[tuple[str, str], tuple[CaseTie, ...]]:
    """The ties against between each pair of actors, by pair in order."""
    found: dict[tuple[str, str], list[CaseTie]] = {}
    for tie in case.ties:
        if tie.sign < 0 and tie.source != tie.target:
            found.setdefault((min(tie.source, tie.target), max(tie.source, tie.target)), []).append(tie)
    return {pair: tuple(found[pair]) for pair in sorted(found)}


def _sum(intervals: Mapping[str, Interval], actors: Sequence[str] | set[str]) -> Interval:
    return (
        round(sum(intervals[actor][0] for actor in sorted(actors)), 9),
        round(sum(intervals[actor][1] for actor in sorted(actors)), 9),
    )


def _bloc(
    members: Sequence[str],
    weights: Mapping[str, Fraction],
    intervals: Mapping[str, Interval],
    quota: Fraction,
    quota_text: str | None,
    against: Mapping[tuple[str, str], tuple[CaseTie, ...]],
) -> Bloc:
    inside = set(members)
    power = _sum(intervals, inside)
    _, rest = _sum(intervals, set(weights) - inside)
    if quota_text is None:
        certain = power[0] > rest
    elif quota_text.strip().endswith("%"):
        certain = power[0] >= float(quota_text.strip()[:-1]) / 100 * (power[0] + rest)
    else:
        certain = power[0] >= float(quota)
    opposed = {other for a, b in against for member, other in ((a, b), (b, a)) if member in inside and other not in inside}
    return Bloc(tuple(members), sum((weights[m] for m in members), Fraction(0)), power, certain, tuple(sorted(opposed)))


def _interests(case: Case, sides: Mapping[str, Standpoint], concerning: Sequence[str]) -> dict[str, Interval]:
    """The interest of actors in the matter, where it is known."""
    regarding = replace(case, assessments=tuple(a for a in case.assessments if a.on in concerning)).assessed("interest")
    return regarding | {actor: stand.interest for actor, stand in sides.items() if stand.interest is not None}


def _lifts(
    case: Case,
    interests: Mapping[str, Interval],
    candidates: Sequence[str],
    weights: Mapping[str, Fraction],
    quota: Fraction,
    blocs: Sequence[Sequence[str]],
) -> list[Lift]:
    """What each interested but weak candidate gains in the cheapest coalition that has it."""
    power = case.power()
    alone: Mapping[str, Fraction] = {}
    found = []
    for actor in candidates:
        interest = interests.get(actor)
        if interest is None or interest[0] < MIDDLE or actor not in power or power[actor][1] > MIDDLE:
            continue
        bloc = next((members for members in blocs if actor in members), None)
        if bloc is not None and len(bloc) > 1:
            try:
                alone = alone or shapley_shubik(weights, quota)
                inside = bloc_index(weights, quota, [actor, *(member for member in bloc if member != actor)])[actor]
            except TooFineError:  # to count orders: everything else still holds
                return []
            found.append(Lift(actor, tuple(bloc), alone[actor], inside))
    return sorted(found, key=lambda lift: (-lift.gain, lift.actor))
