"""CPU of the JSAPI prepay by wechatpayv3. Usage: python prepay.py GATEWAY_URL"""

import asyncio
import json
import os
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from wechatpayv3 import WeChatPay, WeChatPayType, async_

CALLS = 128
ROUNDS = 10

VECTORS = os.environ.get("WECHATPAY_VECTORS")
OWN = Path(__file__).parent / "../../../runtime/tests/vectors"
KEYS = (Path(VECTORS) if VECTORS else OWN) / "keys"
FACTS = json.loads((KEYS / "keys.json").read_text())


def client(kind, jsapi):
    wxpay = kind(
        wechatpay_type=jsapi,
        mchid=FACTS["mchid"],
        private_key=(KEYS / "merchant.key.pem").read_text(),
        cert_serial_no=FACTS["serials"]["merchant"],
        appid="wxd678efh567hg6787",
        apiv3_key=FACTS["apiv3_key"],
        notify_url="https://www.weixin.qq.com/wxpay/pay.php",
        public_key=(KEYS / "platform-public.pub.pem").read_text(),
        public_key_id=FACTS["serials"]["platform-public"],
    )
    # The package has no setting for the host.
    wxpay._core._gate_way = sys.argv[1]
    return wxpay


def order():
    return {
        "description": "Image形象店-深圳腾大-QQ公仔",
        "out_trade_no": "1217752501201407033233368018",
        "amount": {"total": 100, "currency": "CNY"},
        "payer": {"openid": "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"},
    }


def checked(answer):
    code, message = answer
    if code != 200 or not json.loads(message)["prepay_id"].startswith("wx"):
        raise RuntimeError(f"{code}: {message}")


def sign_and_verify():
    """A signature and a verification by cryptography itself."""
    own = serialization.load_pem_private_key((KEYS / "merchant.key.pem").read_bytes(), None)
    public = own.public_key()
    text = b"x" * 512

    def work():
        for _ in range(CALLS):
            signature = own.sign(text, padding.PKCS1v15(), hashes.SHA256())
            public.verify(signature, text, padding.PKCS1v15(), hashes.SHA256())

    return median(work)


def median(work):
    """Microseconds of CPU a call, all threads of the process together."""
    work()
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        times.append((time.process_time() - began) / CALLS * 1e6)
    return statistics.median(times)


def tell(name, in_flight, cpu, alone):
    print(f"{name}, {in_flight} in flight: {cpu:.0f} µs a call, {cpu / alone:.2f} times sign + verify")


def blocking(in_flight):
    wxpay = client(WeChatPay, WeChatPayType.JSAPI)
    with ThreadPoolExecutor(in_flight) as threads:
        def work():
            answers = [threads.submit(wxpay.pay, **order()) for _ in range(CALLS)]
            for answer in answers:
                checked(answer.result())

        return median(work)


def asynchronous(in_flight):
    with asyncio.Runner() as runner:
        wxpay = client(async_.AsyncWeChatPay, async_.WeChatPayType.JSAPI)
        runner.run(wxpay.__aenter__())

        async def calls():
            for _ in range(CALLS // in_flight):
                for answer in await asyncio.gather(*(wxpay.pay(**order()) for _ in range(in_flight))):
                    checked(answer)

        cpu = median(lambda: runner.run(calls()))
        runner.run(wxpay.__aexit__(None, None, None))
        return cpu


def main():
    alone = sign_and_verify()
    print(f"sign + verify alone: {alone:.0f} µs")
    for in_flight in (1, 64):
        tell("async", in_flight, asynchronous(in_flight), alone)
        tell("blocking", in_flight, blocking(in_flight), alone)


main()
