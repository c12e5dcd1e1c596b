"""A hundred sentences as people write them: sixty that are better told to one person, forty that are not."""

import pytest

from bothways.ask.rules.distress import Distress, heard

GRAVE = """
I don't want to be here any more
I don’t want to be here anymore
I do not want to live any more
I dont want to live like this
I wish I was dead
I wish I were dead and done with it
Sometimes I just want to die
I think about killing myself
I have thought about suicide
I've been cutting myself again
Nobody would miss me
No one would even notice if I was gone
My family would be better off without me
I'm a burden to everybody
I don't see the point any more
I can't see the point of living
What is the point of living
I can't do this any more
I cannot take it anymore
I just want to disappear
I don't want to wake up tomorrow
There is no way out
My life is not worth living
I have nothing to live for
My husband hits me
My boyfriend sometimes slaps me when he drinks
He beat me up last night
I was beaten by my partner
My ex follows me home from work
I don't feel safe at home
I am scared to go home tonight
I'm afraid of my husband
He says he will kill me if I leave
My colleague tried to kiss me
My manager kissed me at the party
My boss puts his hand on my knee in meetings
A client keeps touching me
He sends me pictures I don't want
He sends me messages I never asked for
I get dirty messages from a colleague
She won't leave me alone
They make fun of my accent
They laugh at me behind my back
He makes comments about my body
Everybody imitates my accent
My team lead calls me stupid in front of others
They spread lies about me
I am being bullied by two people in my team
My manager harasses me
He makes racist jokes all day
My supervisor threatens to fire me if I tell
My husband is violent when he drinks
She threw a plate at me
I want it all to stop
"""
HEAVY = """
My manager shouts at me in front of everybody
I cried in the toilets today and nobody noticed
I am so lonely in this new town
I feel completely alone here
I can't cope any more
I am burnt out and can not sleep
I feel worthless
I'm scared of my manager
Everybody hates me
Nobody talks to me at lunch
My mother passed away in March
I dread coming to work every morning
I am falling apart
I feel excluded from every meeting
I had a panic attack before the call
I'm not okay
My boss keeps putting me down
"""
NOTHING = """
Harassment training for new managers
Anti-bullying policy for our works council
A workshop on burnout prevention
How do I run a course about harassment
I am scared of Excel
I am afraid of public speaking
I'm afraid I know little about contracts
I am terrified of spiders in the server room
I'm hopeless at spreadsheets
I feel intimidated by Kubernetes
I'm desperate to learn Spanish
I don't see the point of this report
I don't see the point in daily stand-ups
I don't want to live in London any more
I don't want to be a manager any more
I can't do this formula in Excel
I can't go on holiday with this backlog
I hit my targets but missed my bonus
It hit me that I know nothing of tax
He hit me up about a project in Lisbon
She pushed me to apply for the lead role
My manager kicked me out of the group chat by mistake
I want to cut myself some slack
How do I mock my database in tests
I want to try mob programming
A cost breakdown for the new ship
I need isolated tests for my service
How do I exclude files from a build
My laptop died, who knows about backups
The deadline kills the quality
Nobody answers my mails about the budget
Nobody knows how to run the old press
How do I give feedback to somebody who talks a lot
How do I touch up photos for a poster
I'd like to send pictures of our harbour to the press
My accent in English: how do I work on it
How do I become a better listener
I miss working with my hands
I would like to end my contract early
Public speaking makes my hands shake
How do I handle a client who wants more each week
My manager beats me at chess
Filters for abusive language
What is the point of life insurance
"""


def _each(sentences: str) -> list[str]:
    return sentences.strip().splitlines()


@pytest.mark.parametrize("sentence", _each(GRAVE))
def test_what_is_grave_is_heard(sentence: str) -> None:
    assert heard(sentence) == Distress.GRAVE


@pytest.mark.parametrize("sentence", _each(HEAVY))
def test_what_is_heavy_is_heard(sentence: str) -> None:
    assert heard(sentence) != Distress.NONE


@pytest.mark.parametrize("sentence", _each(NOTHING))
def test_what_is_a_matter_to_learn_is_not(sentence: str) -> None:
    assert heard(sentence) == Distress.NONE
