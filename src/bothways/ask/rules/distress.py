"""Sentences that are better told to one person than matched: somebody is hurt, threatened or alone.

Lists in the manner of the topics' other names, read with the same stems. `GRAVE` comes before whoever was
found, `HEAVY` after. Nothing of this is kept or counted. Rather once too often than once too seldom.

In a phrase, `a/b` is one or the other, `a?` may be left out, `!a/b` says what must not follow, and `*` is up
to three words of any kind. `<who>` and the like are the lists below.
"""

import re
from enum import StrEnum
from functools import cache

from bothways.people.rules import words as language


class Distress(StrEnum):
    NONE = ""
    HEAVY = "heavy"
    GRAVE = "grave"


_LISTS = {
    "<who>": "he/she/they/him/her/them/husband/wife/partner/boyfriend/girlfriend/ex/father/mother/dad/mum/"
    "brother/sister/son/uncle/boss/manager/supervisor/lead/colleague/coworker/director/customer/client/man/"
    "guy/somebody/someone/mentor",
    "<kin>": "husband/wife/partner/boyfriend/girlfriend/ex/father/mother/dad/mum/brother/sister/son/uncle",
    "<mine>": "accent/skin/colour/religion/faith/hijab/headscarf/turban/body/weight/looks/legs/"
    "breasts/bum/clothes/skirt/age/disability/stutter/sexuality/pregnancy/hair",
    "<shown>": "picture/photo/image/video/message/text/comment/remark/joke/selfie",
    "<taught>": "training/workshop/course/policy/prevention/awareness/law/guideline/procedure/seminar/"
    "book/module",
    "<ill>": "bully/harass/harassment/discrimination/violence/abuse/burnout/mobbing/assault/depression/"
    "isolation",
}
_GRAVE = """
    suicide | kill/harm/hurt myself | cut/cutting myself !some/off/out/short/down | self-harm | selfharm
    overdose | end/ended/take/took my own? life | end it all | want to just? die | want to be dead
    better off dead | wish i was/were dead | wish i had/was never be/been? born/woken | rather be dead
    think about/of dying/death | tired of living/life !in | not want/wish to be here/alive/around/born
    not want/wish to wake | not want/wish to exist | not want/wish to live !in/near/with/on/at/abroad/next
    not want/wish to go on any/living/like more/longer/this
    no longer want/wish to live/exist !in/near/with/on/at/abroad
    no longer want/wish to be here/alive/around | no reason to live/exist !in
    no reason to go on !linkedin/a/the | nothing to live for | not worth living | life not? worthless
    life be/is/has/feels/seems pointless/meaningless/over | no point in? living/life
    no point any more/longer | no way out !of | not see/find the/a/any point any more/longer
    not see/find the/a/any point of/in living/life/anything/existing | not see/find the/a/any way out !of
    not see/find a/any/the future for | the point of/in living/life !insurance/in/cycle/science/at
    nobody would/will even/ever/really? miss me | would/will anybody/anyone even? miss me | nobody miss me
    nobody would/will even? care/notice if/when i | miss me if/when i
    better off/without without? me !in/on/at | a burden to/on/for everybody/everyone/all/family/my
    can not do/take/bear this/it/life any more/longer | no longer take/bear this/it
    want to disappear/vanish | go to sleep and never/not | never wake
    jump off/from the/a bridge/roof/building | in front of a/the train !station | goodbye letter/note
    had enough of life/living | done with life | give/giving up on life | bully | bullied by | mobbed
    harass | humiliate/humiliates/humiliated | grope | rape | stalk me | being stalked | stalked by
    assaulted | sexual/sexually assault/advance/favour/harass/comment/remark/message | abuses/abused me
    being/am/was/were/be/been abused | abusive !of | abused by | abuse at/by/from
    domestic/family/home violence/abuse | violent at/towards/to/with/when | threatens/threatened me
    being/am/was threatened | threat/threatens to kill/hurt/hit/fire | say/says/said/threaten * kill me
    blackmail | discriminated against | racial/racially abuse
    <who> * hits/hit/hitting/slaps/punches/chokes/strangles/bites me !up/with/that/like/how/on
    <who> * beats/beaten/beat/beating me !to/at/in/by | <who> * attacked me !for/on
    <who> * pushes/shoves/kicks/grabs me !to/for/towards/toward/off/out/a/beyond/harder/on/out/forward
    hit/beaten/attacked/slapped/punched/hurt by my/a/our * <who> | <who> * hurts/hurting me !to/that/when
    hurts/hits/beats my/our/the son/daughter/child/children/kids/baby/mum/mother | spits/spat at/on me
    spat in my | hitting on me | hits on me !with | made a pass at me | pass at me
    <who> * flirts/flirting with me | tries/tried/wants/wanted to kiss/touch/grope/undress
    kissed/kisses/kiss me | kiss on my
    touches/touched/touching me !deep/deeply/most/emotionally/personally/much
    <who> * touches/stroke/rub/pat/grab/squeeze my !attention/code/work/interest/idea/project/heart
    hand/hands/arm on/around/round/up my knee/leg/thigh/back/waist/bottom/bum/shoulder/neck/hip/skirt
    hand/hands/arm on/around/round me | <shown> * i do not want !to | <shown> * i did not ask
    <shown> * i never ask/wanted | nude/naked/explicit/sexual/dirty/intimate/unwanted/obscene <shown>
    dick pic | nudes | unwanted attention
    inappropriate/racist/sexist/homophobic/transphobic/antisemitic/disgusting <shown> | inappropriate touch
    comment/remark/joke/message about/on my <mine> | text/texts/messages/calls me at night
    stares/stared/staring at my !code/screen/slides/work | undress me | sleep/sex/bed with me
    asked me for sex | keep asking me out | not leave me alone | follows me home/around/everywhere
    the way <who> * looks at me | waits for me outside | wait outside my | lock me in/up
    <who> * controls my money | make/makes/making/made/poke fun of me/my/us/how/our
    laughs/laughing/laughed/laugh at me/us | laughs at my * <mine> | laughs at my english/name/family
    mocks/mocking/mocked me !up | mocks/imitates/mimics my <mine> | mocks/imitates/mimics my english
    insults/insulted me
    call/called me * name/stupid/idiot/worthless/fat/ugly/whore/slut/bitch/monkey/terrorist/moron
    slur at/about/against | spread/spreads/spreading * rumour/lies about me | picks/picking/picked on me
    racist/sexist/homophobic/transphobic manager/boss/colleague/team/towards/to/against/client/customer
    not feel safe at/with/around/here/near/home/in | i/am not safe at/with/around/here/near/home
    feel/am unsafe | scared/afraid/frightened/terrified of * <kin>
    scared/afraid/frightened/terrified to go/come/be home/near/alone
    scared/afraid/frightened/terrified of going/being/go/be home/alone
    scared/afraid/frightened/terrified for my life | give/giving up on everything/myself
    i/about/of/like ending it !with/on/by | not know how to go on !with/from/a
    nothing matters any more/longer | nothing matters to me any | rubs/rubbed/presses/pressed up? against me
    <who> * come/came to his/her/their hotel/bedroom/flat | off if i was/were dead/gone
    stop living/being alive | want it all to stop/end | <kin> * be/is/gets/turns violent
    <who> * threw/throws a * at me | exclude/excluded/ignored me * because i
    treated * because i * black/muslim/jewish/gay/lesbian/trans/pregnant/woman/disabled/foreign/foreigner
"""
_HEAVY = """
    lonely | loneliness | so/all/completely/totally alone | feel/feeling/am alone | burnt/burn out
    burned out | burnout
    afraid/scared/frightened/terrified !of/to/that/i/we/by/about/for/not/it/so/my/me/us
    afraid/scared/frightened/terrified of/by my? new/old? <who> | afraid/scared to go/come in/to | so scared
    scared every | <who> * scares/scare me | breakdown !of/by/in/structure/chart/per | depressed
    depression | hopeless !at/with/in | desperate !for/to | despair | panic attack | can not cope
    can not go on !holiday/leave/a/the/this/business/parental/maternity/site/trip/with/vacation
    can not sleep/breathe !mode | can not stop crying | can not get up !to | can not get out of bed | crying
    in tears | nobody likes/talks/speaks/listens/helps to? me | nobody cares about me
    everybody/everyone hates me | hate/loathe myself | hate my life | nobody to talk to | no friends
    have/got nobody to talk/turn | ignores/ignored me | am/was/were/me/feel/being/get/felt/us excluded
    i/am/feel/felt/so/very/being/feeling isolated | left me out | picked on
    shouts/shouted/yells/yelled/screams/screamed at | swears/swore at me | shouting at me | mistreated
    treats me like | intimidated !by | intimidated by my? new/old? <who> | intimidates me | victimised
    traumatised | grieving | grief | miserable | worthless
    feel/feeling/am/felt so? useless/empty/numb/trapped/broken/invisible/ashamed !of/at/by/in/about
    feel/am like/such? a failure | falling/fall apart | end of my rope/tether | breaking point
    dread coming/going/monday/work/every/seeing | passed away !from? | my * <kin> died
    my * child/baby/daughter/friend died | lost my * <kin> | miscarriage
    can not face work/it/another/them/him/her/my/people | can not carry on | sick with/from worry
    sleepless | i not okay/ok/fine/alright | i not doing well | putting/puts me down !for/as
    drinking too much | yells at us | nobody believes me
"""
_OF_A_SUBJECT = """
    anti/prevent/preventing/prevention/against/tackle/address/report/avoid/avoiding of? <ill>
    suicide squad | <ill> <taught> | <taught> on/about/for/against/around <ill>
    mob/mobbing program/session/review | lonely/lonelier at the top | lone working/worker
    cost/price/budget/task/work/car/machine breakdown | crying baby/babies | far cry
    isolated test/network/environment/container | rape seed | breakdown cover/service/lorry/truck
    abusive language/content/traffic | depression in metal/sheet/the/weather | alone responsible
    hopeless spreadsheet/code/project
"""
_SHORT = {
    **{f"{verb}nt": f"{verb} not" for verb in ("would", "should", "have", "has", "had")},
    **dict.fromkeys(("dont", "doesnt", "didnt"), "do not"),
    "noone": "nobody",
    "wont": "will not",
    "cannot": "can not",
    "cant": "can not",
    "couldnt": "can not",
    "anymore": "any more",
    "wanna": "want to",
    "gonna": "going to",
    "im": "i",
    "ive": "i",
}


def _stems(text: str) -> str:
    """The stems of a sentence in one line, a blank before and after each; short forms are written out."""
    text = text.casefold().replace("no one", "nobody")
    written = (language.folded(word) for word in language.written(text))
    stem = language.english()
    stems = (stem(word) for long in written for word in _SHORT.get(long, long).split())
    return f" {' '.join(stems)} "


def _slot(told: str) -> str:
    """One place of a phrase, as a regular expression."""
    if told == "*":
        return r"(?: \S+){0,3}"
    words = [word for each in told.strip("!?").split("/") for word in _LISTS.get(each, each).split("/")]
    either = "|".join(sorted({re.escape(_stems(word).strip()) for word in words}))
    if told.startswith("!"):
        return f"(?! (?:{either}) )"
    return f"(?: (?:{either}))" + ("?" if told.endswith("?") else "")


@cache
def _listed(phrases: str) -> re.Pattern[str]:
    """Put together when first needed: it takes a tenth of a second that no start should wait for."""
    each = (phrase.split() for line in phrases.strip().splitlines() for phrase in line.split("|"))
    return re.compile("|".join("".join(map(_slot, slots)) + "(?= )" for slots in each))


def heard(sentence: str) -> Distress:
    """The gravest that a sentence speaks of, but for what is spoken of as a subject to learn."""
    spoken = _listed(_OF_A_SUBJECT).sub(" ...", _stems(sentence))
    graded = ((Distress.GRAVE, _GRAVE), (Distress.HEAVY, _HEAVY))
    return next((grade for grade, told in graded if _listed(told).search(spoken)), Distress.NONE)
