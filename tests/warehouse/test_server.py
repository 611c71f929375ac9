import os
import signal
import socket
import threading

import psycopg
import pytest

from statutory.errors import WarehouseError
from statutory.warehouse.server import DATABASES, Server


def test_the_server_speaks_tcp_on_loopback_only(connection):
    assert connection.info.host == "127.0.0.1"
    assert connection.execute("show listen_addresses").fetchone() == ("127.0.0.1",)
    assert connection.execute("show unix_socket_directories").fetchone() == ("",)


def test_it_is_postgresql_18(connection):
    assert connection.info.server_version // 10000 == 18


def test_a_wrong_password_is_refused(server):
    address = server.url().replace(":" + server.url().split(":")[2].split("@")[0] + "@", ":wrong@")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(address)


def test_the_password_file_is_for_its_owner_only(server):
    assert (server.home / "password").stat().st_mode & 0o777 == 0o600


def test_all_databases_are_there(connection):
    there = {row[0] for row in connection.execute("select datname from pg_database")}
    assert set(DATABASES) <= there


def test_up_again_changes_nothing(server):
    address = server.url()
    assert server.up() == address


def test_a_server_that_was_never_started_says_what_to_do(tmp_path):
    with pytest.raises(WarehouseError, match="statutory warehouse up"):
        Server(tmp_path).url()


def test_down_and_up_keep_the_rows(tmp_path_factory):
    home = tmp_path_factory.mktemp("postgres")
    server = Server(home)
    server.up()
    try:
        with psycopg.connect(server.url()) as connection:
            connection.execute("create table kept as select 1 as one")
        assert server.down()
        assert not server.down()
        with psycopg.connect(server.up()) as connection:
            assert connection.execute("select one from kept").fetchone() == (1,)
    finally:
        server.down()


@pytest.fixture
def own(tmp_path_factory):
    """A server of its own with one row in it."""
    server = Server(tmp_path_factory.mktemp("postgres"))
    with psycopg.connect(server.up()) as connection:
        connection.execute("create table kept as select 1 as one")
    yield server
    server.down()


def kept(server):
    with psycopg.connect(server.up()) as connection:
        return connection.execute("select one from kept").fetchone()


def pid(server):
    return int((server.data / "postmaster.pid").read_text().splitlines()[0])


def test_a_killed_server_comes_up_again_at_once(own):
    reader = psycopg.connect(own.url())
    reader.execute("select 1")
    os.kill(pid(own), signal.SIGKILL)
    assert kept(own) == (1,)
    reader.close()


def test_a_pid_file_whose_number_a_stranger_has_by_now_is_no_obstacle(own):
    text = (own.data / "postmaster.pid").read_text()
    own.down()
    (own.data / "postmaster.pid").write_text(text.replace(text.splitlines()[0], str(os.getpid()), 1))
    assert kept(own) == (1,)


def test_a_port_that_another_took_meanwhile_is_left_to_it(own):
    own.down()
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", int((own.home / "port").read_text())))
        taken.listen()
        assert kept(own) == (1,)


def test_two_commands_that_start_it_together_find_one_server(own):
    own.down()
    found = []
    threads = [threading.Thread(target=lambda: found.append(own.up())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1
