"""Pages put together from packed pieces open as what they were made of."""

import gzip
import zlib

from hypothesis import given
from hypothesis import strategies as st

from harmledger.desk.web.pieces import Piece, name_place, pack_piece, pack_pieces, split_page

TEXTS = st.lists(st.tuples(st.booleans(), st.text(max_size=400).map(lambda text: text * 5)), max_size=6)


@given(TEXTS)
def test_a_body_of_pieces_opens_as_the_whole(told):
    pieces = [pack_piece(text) if is_kept else text.encode("utf-8", "replace") for is_kept, text in told]
    whole = b"".join(piece.body if isinstance(piece, Piece) else piece for piece in pieces)
    packed = pack_pieces(pieces)
    assert gzip.decompress(packed) == whole
    assert zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(packed) == whole


def test_a_piece_holds_no_control_characters():
    assert pack_piece("a\x07b").body == "a\ufffdb".encode()


def test_a_page_without_its_place_is_whole_all_the_same():
    place, piece = name_place(), pack_piece("<p>map</p>")
    assert split_page(f"a{place}b", {place: piece}) == [b"a", piece, b"b"]
    assert split_page("ab", {place: piece}) == [b"ab"]
    assert place != name_place()
