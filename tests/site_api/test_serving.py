from types import SimpleNamespace

from site_api import serving


def test_the_address_is_told_when_the_worker_is_ready(capsys):
    worker = SimpleNamespace(cfg=SimpleNamespace(address=[("127.0.0.1", 8112)]), set_accept_enabled=print)

    serving.post_worker_init(worker)

    assert capsys.readouterr().out == "Piagam 112: http://127.0.0.1:8112/\n"
