from hypothesis import HealthCheck, given, settings
import sqlalchemy as sa
from db.connection import reading, writing
from db.load import load_register
from db.save import save_register
from domain.register import Register
from tests.strategies import registers


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(register=registers())
def test_what_is_saved_is_loaded_again(database: sa.Engine, register: Register) -> None:
    with writing(database) as session:
        save_register(session, register)
    with reading(database) as session:
        assert load_register(session, register.center.code) == register.in_order()
