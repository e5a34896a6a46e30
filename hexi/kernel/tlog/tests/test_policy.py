"""Policies and proof files, to the letter of their texts."""

import pytest

from hexi.kernel.errors import Unproven
from hexi.kernel.tlog.checkpoint import Checkpoint
from hexi.kernel.tlog.merkle import SHA256, inclusion_proof, root_of
from hexi.kernel.tlog.policy import Policy, policy_in
from hexi.kernel.tlog.proof import Proof, proof_in
from hexi.kernel.tlog.signing import ED25519, ED25519_COSIGNATURE, ML_DSA_44_COSIGNATURE, SM2_SM3, SignerKey, new_secret, signer
from hexi.kernel.tlog.tests.test_merkle import entries, reader

ORIGIN = "example.org/log"
LOG = signer(new_secret(ED25519, ORIGIN))
LOG_PQ = signer(new_secret(ML_DSA_44_COSIGNATURE, ORIGIN))
NAMES = ("X1", "X2", "X3", "Y1", "Y2", "Y3")
WITNESSES = {name: signer(new_secret(ED25519_COSIGNATURE, f"witness.example/{name}")) for name in NAMES}
WITNESS_PQ = signer(new_secret(ML_DSA_44_COSIGNATURE, "witness.example/X1"))
AT = 1_800_000_000

LEAVES = SHA256.leaves(entries(11))
CHECKPOINT = Checkpoint(ORIGIN, 11, root_of(LEAVES))


def lines(*more: str) -> bytes:
    """The example of the text, with real keys; `more` stands for its quorum."""
    keys = {name: key.verifier.line for name, key in WITNESSES.items()}
    witnesses = [f"witness {name} {key}" for name, key in keys.items()]
    groups = ["group X-witnesses 2 X1 X2 X3", "group Y-witnesses any Y1 Y2 Y3", "group X-and-Y all X-witnesses Y-witnesses"]
    return "\n".join([f"log {LOG.verifier.line}", *witnesses, *groups, *(more or ("quorum X-and-Y",)), ""]).encode()


def signed(*names: str) -> bytes:
    signers: list[SignerKey] = [LOG, *(WITNESSES[name] for name in names)]
    return CHECKPOINT.signed(signers, AT)


@pytest.mark.parametrize("names", ["X1 X2 Y1", "X1 X3 Y3", "X1 X2 X3 Y1 Y2 Y3", "Y2 X2 X3"])
def test_the_quorum_of_the_example_is_met(names: str) -> None:
    accepted = policy_in(lines()).accepted(signed(*names.split()))
    assert accepted.witnesses == tuple(sorted(names.split()))
    assert accepted.checkpoint == CHECKPOINT


@pytest.mark.parametrize("names", ["", "X1", "X1 X2", "X1 X2 X3", "X1 Y1 Y2 Y3", "Y1 Y2 Y3"])
def test_the_quorum_of_the_example_is_missed(names: str) -> None:
    with pytest.raises(Unproven, match="Not enough witnesses"):
        policy_in(lines()).accepted(signed(*names.split()))


def test_signing_twice_counts_once() -> None:
    with pytest.raises(Unproven, match="Not enough witnesses"):
        policy_in(lines()).accepted(signed("X1", "X1", "Y1"))


def test_a_quorum_may_be_one_witness_or_nobody() -> None:
    one = policy_in(lines("quorum Y2"))
    assert one.accepted(signed("Y2")).witnesses == ("Y2",)
    with pytest.raises(Unproven):
        one.accepted(signed("Y1"))
    assert policy_in(lines("quorum none")).accepted(signed()).witnesses == ()


def test_witnesses_cannot_replace_the_log() -> None:
    with pytest.raises(Unproven, match="No trusted key"):
        policy_in(lines()).accepted(CHECKPOINT.signed([WITNESSES["X1"], WITNESSES["X2"], WITNESSES["Y1"]], AT))


def test_spaces_comments_urls_and_other_octets_are_read_as_the_text_says() -> None:
    key = WITNESSES["X1"].verifier.line
    data = (
        b"\n # a comment \t\n\t log\t" + LOG.verifier.line.encode() + b"  https://example.org/log \n"
        b"witness \xe2\x84\xaa " + key.encode() + b" https://w.example\nwitness \xff " + WITNESSES["X2"].verifier.line.encode()
        + b"\ngroup g 02 \xe2\x84\xaa \xff\n"
    )  # fmt: skip
    with pytest.raises(Unproven, match="line 6"):
        policy_in(data + b"quorum g\n")
    policy = policy_in(data.replace(b"group g 02", b"group g 2") + b"quorum g\n")
    assert (policy.logs[0].url, policy.witnesses[0].url) == ("https://example.org/log", "https://w.example")
    assert policy.accepted(signed("X1", "X2")).witnesses == ("\u212a", "\udcff")


X1, X2 = WITNESSES["X1"].verifier.line, WITNESSES["X2"].verifier.line


@pytest.mark.parametrize(
    "text, fault",
    [
        ("", "quorum line is missing"), ("quorum a", "defined on a line before"), ("quorum none\nquorum none", "only one quorum"),
        ("quorum none more", "wrong number of words"), ("quorum", "wrong number of words"), ("Quorum none", "Quorum is unknown"),
        (f"witness none {X1}\nquorum none", "is taken"), (f"witness a {X1}\nwitness a {X2}\nquorum a", "is taken"),
        (f"witness a {X1}\nwitness b {X1}\nquorum a", "twice"), (f"witness a {X1}\ngroup a all a\nquorum a", "is taken"),
        (f"witness a {X1}\ngroup g all a a\nquorum g", "member already"), (f"witness a {X1}\ngroup g 2 a\nquorum g", "1 to 1"),
        (f"witness a {X1}\ngroup g 0 a\nquorum g", "1 to 1"), (f"witness a {X1}\ngroup g some a\nquorum g", "1 to 1"),
        (f"witness a {X1}\ngroup g all none\nquorum g", "defined on a line before"), ("group g all\nquorum g", "wrong number of words"),
        (f"witness a {X1}\ngroup g any a\ngroup h any a\nquorum h", "member already"),
        (f"group g any a\nwitness a {X1}\nquorum g", "line 1"), (f"log {X1}\nquorum none", "cannot be used here"),
        (f"witness a {LOG.verifier.line}\nquorum a", "cannot be used here"), (f"witness a {X1[:-4]}\nquorum a", "key is malformed"),
        (f"log {LOG.verifier.line}\nlog {LOG.verifier.line}\nquorum none", "twice"), ("quorum none\r", "control character"),
        ("quorum none\x7f", "control character"),
    ],
)  # fmt: skip
def test_a_policy_that_breaks_the_text_is_refused_with_its_reason(text: str, fault: str) -> None:
    with pytest.raises(Unproven, match=fault):
        policy_in(text.encode())


def test_a_log_may_sign_with_every_type_that_a_log_has() -> None:
    sm2 = signer(new_secret(SM2_SM3, ORIGIN))
    policy = policy_in(f"log {LOG_PQ.verifier.line}\nlog {sm2.verifier.line}\nquorum none\n".encode())
    for key in (LOG_PQ, sm2):
        assert policy.accepted(CHECKPOINT.signed([key], AT)).checkpoint == CHECKPOINT


def test_a_post_quantum_witness_counts() -> None:
    policy = policy_in(f"log {LOG.verifier.line}\nwitness w {WITNESS_PQ.verifier.line}\nquorum w\n".encode())
    assert policy.accepted(CHECKPOINT.signed([LOG, WITNESS_PQ], AT)).witnesses == ("w",)


def policy() -> Policy:
    return policy_in(lines())


def proof(index: int = 4, extra: bytes | None = None) -> Proof:
    return Proof(index, tuple(inclusion_proof(index, 11, reader(LEAVES))), signed("X1", "X2", "Y1"), extra)


@pytest.mark.parametrize("extra", [None, b"", b"more"])
def test_a_proof_file_is_written_as_the_text_says_and_proves_its_entry(extra: bytes | None) -> None:
    file = proof(extra=extra).encoded()
    head = b"c2sp.org/tlog-proof@v1\n" + {None: b"", b"": b"extra \n", b"more": b"extra bW9yZQ==\n"}[extra] + b"index 4\n"
    assert file.startswith(head)
    assert file.endswith(b"\n\n" + signed()[: len(CHECKPOINT.text)] + file.partition(CHECKPOINT.text.encode())[2])
    read = proof_in(file)
    assert read == proof(extra=extra)
    assert read.check(LEAVES[4], policy()).checkpoint.size == 11
    with pytest.raises(Unproven, match="not in this tree"):
        read.check(LEAVES[5], policy())


def test_an_only_entry_is_proved_without_a_hash() -> None:
    leaf = SHA256.leaf(b"x")
    checkpoint = Checkpoint(ORIGIN, 1, leaf).signed([LOG], AT)
    assert proof_in(Proof(0, (), checkpoint).encoded()).check(leaf, policy_in(lines("quorum none"))).checkpoint.size == 1


def test_one_flipped_byte_in_a_proof_file_is_refused() -> None:
    alone = policy_in(lines("quorum none"))
    file = Proof(4, proof().hashes, signed()).encoded()
    proof_in(file).check(LEAVES[4], alone)
    for at in range(len(file)):
        wrong = bytearray(file)
        wrong[at] ^= 1
        with pytest.raises(Unproven):
            proof_in(bytes(wrong)).check(LEAVES[4], alone)


@pytest.mark.parametrize(
    "before, after",
    [
        (b"proof@v1", b"proof@v2"), (b"index 4\n", b""), (b"index 4", b"index 04"), (b"index 4", b"index -4"), (b"\n\n", b"\n"),
        (b"index 4\n", b"index 4\nQUJD\n"), (b"index 4\n", b"extra !\nindex 4\n"), (b"index 4", b"index\xff4"),
        (b"index 4\n", b"index 4\nextra bW9yZQ==\n"), (b"index 4\n", b"index 4\n" + b"Q" * 42 + b"R=\n"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_proof_to_the_letter_is_refused(before: bytes, after: bytes) -> None:
    with pytest.raises(Unproven, match="malformed"):
        proof_in(proof().encoded().replace(before, after, 1))


def test_a_proof_has_at_most_63_hashes() -> None:
    with pytest.raises(Unproven, match="64 > 63"):
        proof_in(Proof(4, (bytes(32),) * 64, signed()).encoded())
