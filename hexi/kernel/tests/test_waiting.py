import asyncio

import pytest

from hexi.kernel.waiting import comes


async def _for_ever(sign: asyncio.Event) -> None:
    while True:
        await comes(sign, 60)
        sign.clear()


@pytest.mark.parametrize("steps", range(6))
def test_who_is_told_to_end_in_the_moment_of_the_sign_ends(steps: int) -> None:
    async def scene() -> bool:
        sign = asyncio.Event()
        task = asyncio.create_task(_for_ever(sign))
        await asyncio.sleep(0.01)
        sign.set()
        for _ in range(steps):
            await asyncio.sleep(0)
        task.cancel()
        done, _ = await asyncio.wait([task], timeout=5)
        return task in done and task.cancelled()

    assert asyncio.run(scene())


def test_a_sign_that_does_not_come_is_told() -> None:
    async def scene() -> tuple[bool, bool]:
        sign = asyncio.Event()
        before = await comes(sign, 0.01)
        sign.set()
        return before, await comes(sign, 0.01)

    assert asyncio.run(scene()) == (False, True)
