"""The tree against known answers: the RFC's eight standard leaves, the public vectors, SM3, and a plain reference."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanjian.ledger.merkle import SHA256, SM3, Frontier, Head, root_of
from guanjian.ledger.proofs import consistency_proof, continues, includes, inclusion_proof

LEAVES = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
LEAVES.append(bytes.fromhex("606162636465666768696a6b6c6d6e6f"))
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def plain_root(hash, data):
    """The definition of RFC 6962, 2.1, word for word."""
    if not data:
        return hash(b"")
    if len(data) == 1:
        return hash(b"\x00" + data[0])
    split = 1
    while split * 2 < len(data):
        split *= 2
    return hash(b"\x01" + plain_root(hash, data[:split]) + plain_root(hash, data[split:]))


def plain_subtree(hash, data):
    """Complete subtrees by the definition, for the proofs."""
    return lambda height, index: plain_root(hash, data[index << height : (index + 1) << height])


@pytest.mark.parametrize("size", range(9))
def test_the_eight_standard_leaves_give_the_roots_of_the_rfc(size):
    assert root_of(SHA256, map(SHA256.leaf, LEAVES[:size])).hex() == ROOTS[size]


def test_sm3_is_the_national_standard_hash():
    assert SM3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_every_public_vector_agrees(shared):
    def raw(text):
        return base64.b64decode(text)

    vectors = json.loads(shared("data/merkle/vectors.json").read_text())
    assert len(vectors) == 196
    wrong = []
    for vector in vectors:
        proof = [raw(part) for part in vector["proof"] or []]
        if "leafIdx" in vector:
            head = Head(vector["treeSize"], raw(vector["root"]))
            held = includes(SHA256, raw(vector["leafHash"]), vector["leafIdx"], proof, head)
        else:
            old, new = (Head(vector[f"size{n}"], raw(vector[f"root{n}"])) for n in (1, 2))
            held = continues(SHA256, old, new, proof)
        if held == vector["wantErr"]:
            wrong.append(vector["file"])
    assert not wrong


hashers = st.sampled_from([SHA256, SM3])
some_data = st.lists(st.binary(max_size=8), min_size=1, max_size=70)


@given(hashers, some_data)
def test_growing_leaf_by_leaf_gives_the_root_of_the_definition(hash, data):
    tree = Frontier(hash)
    for count, leaf in enumerate(data, 1):
        tree.append(hash.leaf(leaf))
        assert tree.head == (count, plain_root(hash, data[:count]))


@given(hashers, some_data, st.data())
def test_every_leaf_is_proven_and_no_other(hash, data, draw):
    index = draw.draw(st.integers(0, len(data) - 1))
    proof = inclusion_proof(hash, plain_subtree(hash, data), index, len(data))
    head = Head(len(data), plain_root(hash, data))
    assert includes(hash, hash.leaf(data[index]), index, proof, head)
    assert not includes(hash, hash.leaf(data[index] + b"!"), index, proof, head)
    assert not includes(hash, hash.leaf(data[index]), index, [*proof, hash.empty], head)
    assert not includes(hash, hash.leaf(data[index]), index, proof, Head(head.size, hash(b"?")))
    assert not proof or not includes(hash, hash.leaf(data[index]), index, proof[:-1], head)


@given(hashers, some_data, st.data())
def test_growth_is_proven_and_a_rewritten_past_is_not(hash, data, draw):
    old = draw.draw(st.integers(1, len(data)))
    before, after = (Head(n, plain_root(hash, data[:n])) for n in (old, len(data)))
    proof = consistency_proof(hash, plain_subtree(hash, data), old, len(data))
    assert continues(hash, before, after, proof)
    assert not continues(hash, Head(old, hash(b"?")), after, proof)
    assert not continues(hash, before, after, [*proof, hash.empty])
    changed = [data[0] + b"!", *data[1:]]
    rewritten = consistency_proof(hash, plain_subtree(hash, changed), old, len(data))
    assert not continues(hash, before, Head(len(data), plain_root(hash, changed)), rewritten)
