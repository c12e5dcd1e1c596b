"""Photos are made anew: bounded, square, without metadata; only colleagues see them; the old file goes."""

import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bothways.core.models import Organisation
from bothways.core.time import Clock
from bothways.people.actions import photos
from bothways.people.models import Person
from bothways.people.rules import pictures
from tests import factories

MINE = "/harbour/me/photo/"
SECRET = b"SECRET-PLACE-59.3293N"


@pytest.fixture(autouse=True)
def media(tmp_path: Path) -> Iterator[Path]:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield tmp_path


@pytest.fixture
def ada(clock: Clock, organisation: Organisation) -> Person:
    return factories.member(organisation, "Ada")


def files(media: Path) -> list[str]:
    return sorted(path.name for path in media.rglob("*") if path.is_file())


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("size", [(1, 1), (60, 40), (40, 60), (3000, 20), (1500, 1200)])
def test_every_picture_becomes_the_same_small_square(kind: str, size: tuple[int, int]) -> None:
    made = opened(pictures.square(factories.picture(kind, size)))
    assert (made.format, made.size, made.mode) == ("WEBP", (512, 512), "RGB")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_odd_kinds_of_colour_are_understood(mode: str) -> None:
    assert opened(pictures.square(factories.picture("PNG", mode=mode))).size == (512, 512)


def test_a_jpeg_of_hundreds_of_scans_is_refused_before_it_is_unpacked() -> None:
    """Each costs a pass over the whole picture: eight megabytes of them would take an hour."""
    out = BytesIO()
    Image.new("RGB", (1200, 900), "teal").save(out, "JPEG", progressive=True)
    whole = out.getvalue()
    assert opened(pictures.square(BytesIO(whole))).size == (512, 512)
    last = whole[whole.rindex(b"\xff\xda") : -2]
    with pytest.raises(pictures.TooLarge):
        pictures.square(BytesIO(whole[:-2] + last * 200 + b"\xff\xd9"))


def test_a_cmyk_photograph_is_understood() -> None:
    assert opened(pictures.square(factories.picture("JPEG", mode="CMYK"))).mode == "RGB"


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
def test_nothing_hidden_in_the_picture_is_kept(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    more: dict[str, Any] = {"icc_profile": SECRET, **({"xmp": SECRET} if kind != "PNG" else {})}
    sent = factories.picture(kind, exif=exif, **more).getvalue()
    assert SECRET in sent or kind == "PNG"
    made = pictures.square(BytesIO(sent))
    assert SECRET not in made
    assert not {"exif", "icc_profile", "xmp"} & opened(made).info.keys()


def test_a_turned_photograph_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # taken with the phone turned: the dark left half is really on top
    made = opened(pictures.square(factories.picture("JPEG", (64, 64), exif=exif)))
    top, bottom = made.getpixel((256, 30)), made.getpixel((256, 480))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] < 80
    assert bottom[0] > 180


def test_the_clear_parts_of_a_picture_are_white() -> None:
    clear = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(clear, "PNG")
    clear.seek(0)
    assert opened(pictures.square(clear)).getpixel((200, 200)) == (255, 255, 255)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + b"\0" * 40,
        b"\xff\xd8\xff\xe0" * 9,
    ],
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(pictures.NotAPicture):
        pictures.square(BytesIO(data))


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF"])
def test_other_kinds_are_refused_by_content(kind: str) -> None:
    with pytest.raises(pictures.NotAPicture):
        pictures.square(factories.picture(kind))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_half_a_picture_is_refused(kind: str) -> None:
    whole = factories.picture(kind, (600, 400)).getvalue()
    with pytest.raises(pictures.NotAPicture):
        pictures.square(BytesIO(whole[: len(whole) // 2]))


@pytest.mark.parametrize("size", [(4001, 4000), (10001, 10001), (20000, 20000)])
def test_too_many_pixels_are_never_unpacked(size: tuple[int, int]) -> None:
    """Small files that say they are huge: refused at their header (the body is missing altogether)."""
    bomb = factories.picture("PNG", (8, 8)).getvalue()
    header = bomb[:16] + size[0].to_bytes(4) + size[1].to_bytes(4) + bomb[24:29]
    checksum = zlib.crc32(header[12:29]).to_bytes(4)
    with pytest.raises(pictures.TooLarge):
        pictures.square(BytesIO(header + checksum + bomb[33:]))


def test_a_page_does_not_wait_long_for_others_pictures(ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "PATIENCE", 0.01)
    with pictures._one_at_a_time:
        answer = factories.signed_in(ada).post(MINE, {"picture": factories.picture()})
    assert answer.status_code == 422
    assert "Send yours again in a moment" in answer.content.decode()
    assert factories.signed_in(ada).post(MINE, {"picture": factories.picture()}).status_code == 302


def test_too_many_bytes_are_refused() -> None:
    padded = factories.picture("PNG").getvalue() + b"\0" * pictures.MOST_BYTES
    with pytest.raises(pictures.TooLarge):
        pictures.square(BytesIO(padded))


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["JPEG", "PNG", "WEBP"]), st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)))
)
def test_broken_bytes_end_in_a_picture_or_a_refusal(kind: str, changes: list[tuple[int, int]]) -> None:
    data = bytearray(factories.picture(kind).getvalue())
    for place, value in changes:
        data[place % len(data)] = value
    try:
        assert opened(pictures.square(BytesIO(bytes(data)))).size == (512, 512)
    except (pictures.NotAPicture, pictures.TooLarge):
        return


def test_sent_shown_and_taken_away(ada: Person) -> None:
    client = factories.signed_in(ada)
    bo = factories.signed_in(factories.member(ada.organisation))
    address = f"/harbour/people/{ada.key}/photo/"
    assert bo.get(address).status_code == 404
    assert client.post(MINE, {"picture": factories.picture()}).status_code == 302
    ada.refresh_from_db()
    assert ada.photo.startswith("photos/")
    assert "ada" not in ada.photo.lower().removeprefix("photos/")
    shown = bo.get(address)
    assert shown.status_code == 200
    assert shown["Content-Type"] == "image/webp"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Cache-Control"].startswith("private")
    assert opened(shown.content).size == (512, 512)
    stranger = factories.signed_in(factories.member(factories.organisation("meadow")))
    assert stranger.get(address).status_code == 404
    assert client.post(MINE, {"remove": "yes"}).status_code == 302
    assert bo.get(address).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_old_file_goes_and_a_failed_change_leaves_none(media: Path) -> None:
    ada = factories.member(factories.organisation())
    first = photos.change(ada, factories.picture()).photo
    second = photos.change(ada, factories.picture()).photo
    assert files(media) == [Path(second).name]
    assert first != second
    with transaction.atomic():
        photos.remove(ada)
        transaction.set_rollback(True)
    assert default_storage.exists(second)
    photos.remove(ada)
    assert files(media) == []


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (SimpleUploadedFile("me.png", b"not a picture"), "cannot open this"),
        (SimpleUploadedFile("me.jpg", b"\0" * (pictures.MOST_BYTES + 1)), "too large"),
        (SimpleUploadedFile("me.jpg", b""), "empty"),
        (None, "required"),
    ],
)
def test_a_bad_picture_is_answered_in_plain_words(
    ada: Person, media: Path, file: SimpleUploadedFile | None, said: str
) -> None:
    answer = factories.signed_in(ada).post(MINE, {"picture": file} if file else {})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert files(media) == []


def test_a_file_that_was_lost_is_a_missing_picture_not_a_fault(ada: Person) -> None:
    Person.objects.filter(pk=ada.pk).update(photo="photos/lost.webp")
    assert factories.signed_in(ada).get(f"/harbour/people/{ada.key}/photo/").status_code == 404
