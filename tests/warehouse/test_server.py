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
