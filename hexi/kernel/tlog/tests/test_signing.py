"""Notes, checkpoints and signatures against the published examples, and one wrong byte anywhere."""

import base64
import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from hexi.kernel.errors import Unproven
from hexi.kernel.tlog import sm2
from hexi.kernel.tlog.checkpoint import Checkpoint, checkpoint_in, opened
from hexi.kernel.tlog.note import Note, Signature, note_in, signature_in, verified
from hexi.kernel.tlog.signing import (
    ED25519,
    ED25519_COSIGNATURE,
    KEY_TYPES,
    ML_DSA_44_COSIGNATURE,
    SM2_SM3,
    KeyType,
    new_secret,
    signer,
    time_of,
    verifier,
)

SPEC_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SPEC_NOTE = (
    "This is an example message.\n\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
"""The example of c2sp.org/signed-note."""

GO_SECRET = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_NOTE = f"{GO_TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
"""The example of golang.org/x/mod/sumdb/note."""

SPEC_CHECKPOINT = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)
"""The example of c2sp.org/tlog-cosignature."""

CHECKPOINT = Checkpoint("example.org/log", 3, bytes(range(32)))
AT = 1_679_315_147


def names(kinds: list[KeyType]) -> list[str]:
    return [kind.kind for kind in kinds]


every_type = pytest.mark.parametrize("kind", KEY_TYPES, ids=names(list(KEY_TYPES)))


def test_the_example_note_of_the_text_is_accepted() -> None:
    note = note_in(SPEC_NOTE.encode())
    assert verified(note, [verifier(SPEC_KEY)]) == note.signatures
    assert note.encoded() == SPEC_NOTE.encode()
    assert verifier(SPEC_KEY).line == SPEC_KEY


def test_the_example_of_go_is_signed_byte_for_byte() -> None:
    key = signer(GO_SECRET)
    assert key.verifier.line == GO_KEY
    assert Note(GO_TEXT, (key.sign(GO_TEXT, AT),)).encoded() == GO_NOTE.encode()


def test_the_example_checkpoint_is_read_and_written_byte_for_byte() -> None:
    note = note_in(SPEC_CHECKPOINT.encode())
    checkpoint = checkpoint_in(note.text)
    assert (checkpoint.origin, checkpoint.size, checkpoint.extensions) == ("example.com/behind-the-sofa", 20_852_163, ())
    assert Note(checkpoint.text, note.signatures).encoded() == SPEC_CHECKPOINT.encode()
    assert time_of(note.signatures[1]) == AT, "the time that the text gives for this example"


@every_type
def test_a_signature_of_every_type_holds_for_its_text_and_no_other(kind: KeyType) -> None:
    key = signer(new_secret(kind, CHECKPOINT.origin))
    signature = key.sign(CHECKPOINT.text, AT)
    public = verifier(key.verifier.line)
    assert public.holds(CHECKPOINT.text, signature.value)
    assert not public.holds(CHECKPOINT.text.replace("3", "4"), signature.value)
    assert not verifier(signer(new_secret(kind, CHECKPOINT.origin)).verifier.line).holds(CHECKPOINT.text, signature.value)


@pytest.mark.parametrize("kind", [ED25519, ED25519_COSIGNATURE, SM2_SM3], ids=names([ED25519, ED25519_COSIGNATURE, SM2_SM3]))
def test_one_flipped_bit_anywhere_in_a_checkpoint_is_refused(kind: KeyType) -> None:
    key = signer(new_secret(kind, CHECKPOINT.origin))
    data = CHECKPOINT.signed([key], AT)
    assert opened(data, [key.verifier]).checkpoint == CHECKPOINT
    for at in range(len(data) * 8):
        wrong = bytearray(data)
        wrong[at // 8] ^= 1 << at % 8
        with pytest.raises(Unproven):
            opened(bytes(wrong), [key.verifier])


def test_one_flipped_byte_anywhere_in_a_post_quantum_cosignature_is_refused() -> None:
    key = signer(new_secret(ML_DSA_44_COSIGNATURE, CHECKPOINT.origin))
    data = CHECKPOINT.signed([key], AT)
    assert opened(data, [key.verifier]).checkpoint == CHECKPOINT
    for at in range(len(data)):
        wrong = bytearray(data)
        wrong[at] ^= 1
        with pytest.raises(Unproven):
            opened(bytes(wrong), [key.verifier])


@pytest.mark.parametrize("size", [0, 1, -1, -2, -90])
def test_a_checkpoint_that_was_cut_off_is_refused(size: int) -> None:
    key = signer(GO_SECRET)
    origin = Checkpoint(key.name, 1, bytes(32))
    with pytest.raises(Unproven):
        opened(origin.signed([key], AT)[:size], [key.verifier])


def test_an_ed25519_cosignature_signs_the_time_and_the_text() -> None:
    key = signer(new_secret(ED25519_COSIGNATURE, "witness.example.com/w1"))
    text = SPEC_CHECKPOINT.partition("\n\n")[0] + "\n"
    message = (
        b"cosignature/v1\ntime 1679315147\nexample.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    )
    assert key.verifier.type.message(key.name, text, AT) == message
    value = key.sign(text, AT).value
    assert value[:8] == bytes.fromhex("00000000641850cb")
    assert len(value) == 8 + 64


def test_an_ml_dsa_cosignature_signs_the_whole_subtree() -> None:
    key = signer(new_secret(ML_DSA_44_COSIGNATURE, "w.example"))
    message = (
        b"subtree/v1\n\x00" + b"\x09w.example" + bytes.fromhex("00000000641850cb") + b"\x0fexample.org/log"
        + bytes(8) + b"\0\0\0\0\0\0\0\x03" + bytes(range(32))
    )  # fmt: skip
    assert key.verifier.type.message(key.name, CHECKPOINT.text, AT) == message
    assert len(key.sign(CHECKPOINT.text, AT).value) == 8 + 2420


def test_an_ml_dsa_key_signs_checkpoints_only() -> None:
    key = signer(new_secret(ML_DSA_44_COSIGNATURE, "w.example"))
    with pytest.raises(Unproven):
        key.sign("no checkpoint\n", AT)
    value = key.sign(CHECKPOINT.text, AT).value
    assert not key.verifier.holds("no checkpoint\n", value)


def test_a_key_id_names_the_type_so_that_one_key_may_serve_two() -> None:
    seed = base64.b64decode(GO_SECRET.split("+", 4)[4])[1:]
    name = b"PeterNeumann"
    public = signer(GO_SECRET).verifier.public
    material = b"\x04" + seed
    key_id = hashlib.sha256(name + b"\n\x04" + public).hexdigest()[:8]
    cosigner = signer(f"PRIVATE+KEY+PeterNeumann+{key_id}+{base64.b64encode(material).decode()}")
    assert cosigner.verifier.key_id.hex() == key_id != signer(GO_SECRET).verifier.key_id.hex()


def test_signatures_of_unknown_keys_are_passed_over_even_with_a_known_name_or_id() -> None:
    known = signer(GO_SECRET)
    good = known.sign(GO_TEXT, AT)
    strangers = (Signature("Somebody", good.key_id, b"x"), Signature(good.name, b"abcd", b"y"), Signature("SM2", b"abcd", b"z"))
    note = note_in(Note(GO_TEXT, (*strangers, good)).encoded())
    assert verified(note, [known.verifier]) == (good,)


def test_a_wrong_signature_of_a_known_key_spoils_the_note() -> None:
    key, other = signer(GO_SECRET), signer(new_secret(ED25519, "other"))
    good = other.sign(GO_TEXT, AT)
    note = Note(GO_TEXT, (good, Signature(key.name, key.verifier.key_id, b"x" * 64)))
    assert verified(note, [other.verifier]) == (good,)
    with pytest.raises(Unproven, match="PeterNeumann"):
        verified(note, [key.verifier, other.verifier])


def test_a_note_that_only_strangers_signed_is_refused() -> None:
    with pytest.raises(Unproven, match="No trusted key"):
        verified(note_in(SPEC_NOTE.encode()), [verifier(GO_KEY)])


def test_a_text_may_hold_empty_lines() -> None:
    key = signer(GO_SECRET)
    text = "Ognuno sta solo\n\ned è subito sera.\n\n"
    note = note_in(Note(text, (key.sign(text, AT),)).encoded())
    assert note.text == text
    assert verified(note, [key.verifier])


@pytest.mark.parametrize(
    "data",
    [
        b"", b"text\n", b"text\n\n", b"\xff\n\n" + SPEC_NOTE.encode(), SPEC_NOTE.encode().replace(b"is an", b"is\tan"),
        SPEC_NOTE.encode() + b"\n", SPEC_NOTE.encode().replace(b"\n\n", b"\n"), SPEC_NOTE.encode()[:-1],
        SPEC_NOTE.replace("—", "-").encode(), SPEC_NOTE.replace("example.com/foo ", "example.com/foo  ").encode(),
        SPEC_NOTE.replace("foo ", "foo+ ").encode(), SPEC_NOTE.replace("aQM=", "aQN=").encode(), SPEC_NOTE.replace("aQM=", "aQM").encode(),
        "t\n\n— a QUJDRA==\n".encode(), SPEC_NOTE.encode().replace(b"\n", b"\r\n"),
    ],
)  # fmt: skip
def test_bytes_that_are_no_note_to_the_letter_are_refused(data: bytes) -> None:
    with pytest.raises(Unproven, match="malformed"):
        note_in(data)


def test_a_hundred_signatures_are_read_and_more_are_refused() -> None:
    line = signature_in(SPEC_NOTE.split("\n")[2])
    assert len(note_in(Note("t\n", (line,) * 100).encoded()).signatures) == 100
    with pytest.raises(Unproven, match="101 signatures"):
        note_in(Note("t\n", (line,) * 101).encoded())
    with pytest.raises(Unproven, match="1000000"):
        note_in(b"x" * 1_000_001)


@pytest.mark.parametrize(
    "text",
    [
        "a\n0\n", "\n0\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", "a\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "a\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", "a\n1\nCsUY\n", "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I\n",
        "a\n٣\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
        "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n", "a\n9223372036854775808\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
    ],
)  # fmt: skip
def test_a_text_that_is_no_checkpoint_to_the_letter_is_refused(text: str) -> None:
    with pytest.raises(Unproven, match="malformed"):
        checkpoint_in(text)


def test_extension_lines_are_kept() -> None:
    text = "a\n0\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nmore\n"
    assert checkpoint_in(text).extensions == ("more",)
    assert checkpoint_in(text).text == text


def test_a_log_key_counts_for_its_own_origin_only() -> None:
    key = signer(new_secret(ED25519, "example.org/other"))
    with pytest.raises(Unproven, match="No trusted key"):
        opened(CHECKPOINT.signed([key], AT), [key.verifier])


def test_a_checkpoint_gives_the_witnesses_that_signed_and_refuses_a_false_one() -> None:
    log, witness = signer(new_secret(ED25519, CHECKPOINT.origin)), signer(new_secret(ED25519_COSIGNATURE, "w"))
    data = CHECKPOINT.signed([log, witness], AT)
    assert len(opened(data, [log.verifier], [witness.verifier]).signatures) == 2
    assert len(opened(data, [log.verifier]).signatures) == 1
    forged = Note(CHECKPOINT.text, (log.sign(CHECKPOINT.text, AT), Signature("w", witness.verifier.key_id, bytes(72)))).encoded()
    with pytest.raises(Unproven, match="A signature does not hold w"):
        opened(forged, [log.verifier], [witness.verifier])


@pytest.mark.parametrize("line", [SPEC_KEY, GO_KEY])
def test_no_part_and_no_mangling_of_a_public_key_is_one(line: str) -> None:
    for start in range(len(line)):
        for end in range(start + 1, len(line) + 1):
            if (start, end) != (0, len(line)):
                with pytest.raises(Unproven):
                    verifier(line[start:end])
    for at in range(len(line)):
        with pytest.raises(Unproven):
            verifier(line[:at] + chr(ord(line[at]) + 1) + line[at + 1 :])


@every_type
def test_no_mangling_of_a_private_key_is_one_and_none_is_repeated(kind: KeyType) -> None:
    secret = new_secret(kind, "n")
    for at in range(len(secret)):
        wrong = secret[:at] + chr(ord(secret[at]) + 1) + secret[at + 1 :]
        with pytest.raises(Unproven) as refused:
            signer(wrong)
        assert secret[-40:] not in str(refused.value)
    assert secret[-40:] not in repr(signer(secret))


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u2003b", "a\nb", "x" * 256])
def test_a_key_cannot_have_such_a_name(name: str) -> None:
    with pytest.raises(Unproven, match="cannot have this name"):
        new_secret(ED25519, name)


def test_a_cosignature_beyond_the_end_of_time_is_refused() -> None:
    key = signer(new_secret(ED25519_COSIGNATURE, "w"))
    assert not key.verifier.holds(CHECKPOINT.text, key.sign(CHECKPOINT.text, 1 << 63).value)


def test_the_openssl_command_accepts_our_sm2_signature_and_we_accept_its(tmp_path: Path) -> None:
    command = shutil.which("openssl") or ""
    secret = sm2.new_secret()
    key, message = sm2.secret_key(secret), b"message"
    der = sm2._SECRET_HEAD + secret + sm2._SECRET_TAIL
    files = {name: tmp_path / name for name in ("key.der", "message", "ours", "theirs")}
    files["key.der"].write_bytes(der)
    files["message"].write_bytes(message)
    files["ours"].write_bytes(key.sign(message))
    ask = (command, "pkeyutl", "-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678", "-inkey", files["key.der"],
           "-keyform", "DER", "-in", files["message"])  # fmt: skip
    subprocess.run([*ask, "-verify", "-sigfile", files["ours"]], check=True, capture_output=True)
    subprocess.run([*ask, "-sign", "-out", files["theirs"]], check=True, capture_output=True)
    assert sm2.public_key(key.public).holds(message, files["theirs"].read_bytes())
    assert not key.holds(b"other", files["theirs"].read_bytes())


def test_bytes_that_are_no_sm2_key_are_refused() -> None:
    for wrong in (b"", b"\x04" * 65, bytes(65)):
        with pytest.raises(ValueError):
            sm2.public_key(wrong)
    with pytest.raises(ValueError):
        sm2.secret_key(b"short")
