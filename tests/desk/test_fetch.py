"""`harmledger fetch`: a list of addresses into a web archive."""

from harmledger.desk.main import main


def test_a_list_without_a_public_host_gives_no_archive(tmp_path, capsys):
    addresses, target = tmp_path / "list.txt", tmp_path / "got.warc"
    addresses.write_text("# own network\nhttp://127.0.0.1:1/\nno address\n")
    assert main(["fetch", str(addresses), "-o", str(target)]) == 3
    told = capsys.readouterr().err
    assert "nothing could be fetched" in told
    assert "no public one" in told or "port 1" in told
    assert not target.exists()


def test_no_archive_is_overwritten(tmp_path, capsys):
    target = tmp_path / "got.warc"
    target.write_text("mine")
    (tmp_path / "list.txt").write_text("http://127.0.0.1:1/\n")
    assert main(["fetch", str(tmp_path / "list.txt"), "-o", str(target)]) == 3
    assert target.read_text() == "mine"
    assert "is there already" in capsys.readouterr().err
