#!/usr/bin/env python3
"""Makes the files beside it with other implementations than the runtime's: openssl 3 for SM2, Python's `cryptography`
(with an openssl that has it) for SM4-GCM. Run it where both are there; the tests read what it wrote.

    python3 runtime/tests/sm/witness.py
"""

import base64, json, pathlib, subprocess, tempfile
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

HERE = pathlib.Path(__file__).parent
KEYS = HERE.parent / "vectors/keys"
FACTS = json.loads((KEYS / "keys.json").read_text())
USER_ID = "1234567812345678"
SERIALS = {"merchant": "0A53D5B1C0FFEE0000000000000000000000A001", "platform": "7B53D5B1C0FFEE0000000000000000000000B002"}


def openssl(*arguments, data=b""):
    return subprocess.run(["openssl", *map(str, arguments)], input=data, capture_output=True, check=True).stdout


def through_file(data, *arguments):
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        return openssl(*arguments, "-in", file.name)


def b64(data):
    return base64.b64encode(data).decode()


def sign(key, text, user_id=USER_ID):
    options = ["-rawin", "-digest", "sm3", "-pkeyopt", f"distid:{user_id}"]
    return b64(through_file(text.encode(), "pkeyutl", "-sign", "-inkey", KEYS / f"sm2-{key}.key.pem", *options))


def encrypt(key, text):
    return b64(through_file(text.encode(), "pkeyutl", "-encrypt", "-pubin", "-inkey", KEYS / f"sm2-{key}.pub.pem"))


def seal(text, nonce, associated_data):
    hash = hashes.Hash(hashes.SM3())
    hash.update(FACTS["apiv3_key"].encode())
    gcm = Cipher(algorithms.SM4(hash.finalize()[:16]), modes.GCM(nonce.encode())).encryptor()
    gcm.authenticate_additional_data(associated_data.encode())
    sealed = gcm.update(text.encode()) + gcm.finalize() + gcm.tag
    return {
        "algorithm": "AEAD_SM4_GCM",
        "nonce": nonce,
        "associated_data": associated_data,
        "ciphertext": b64(sealed),
    }


def certificate(key):
    """Signed by itself: nobody looks at who signed it."""
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        (place / "index").touch()
        (place / "serial").write_text(SERIALS[key])
        (place / "ca.cnf").write_text(
            f"[ca]\ndefault_ca=it\n[it]\ndatabase={place}/index\nserial={place}/serial\nnew_certs_dir={place}\n"
            "default_md=sm3\npolicy=any\nunique_subject=no\n[any]\ncommonName=supplied\n"
        )
        private = KEYS / f"sm2-{key}.key.pem"
        openssl("req", "-new", "-key", private, "-sm3", "-sigopt", f"distid:{USER_ID}", "-subj", f"/CN=test {key}", "-out", place / "csr")
        openssl(
            "ca", "-batch", "-config", place / "ca.cnf", "-selfsign", "-keyfile", private, "-in", place / "csr", "-notext",
            "-sigopt", f"distid:{USER_ID}", "-vfyopt", f"distid:{USER_ID}",
            "-startdate", "20230101000000Z", "-enddate", "20330101000000Z", "-out", place / "crt",
        )
        return (place / "crt").read_text()


def signed(body, nonce, serial="platform"):
    timestamp = str(FACTS["now"])
    return {
        "headers": {
            "Wechatpay-Timestamp": timestamp,
            "Wechatpay-Nonce": nonce,
            "Wechatpay-Serial": SERIALS[serial],
            "Wechatpay-Signature-Type": "WECHATPAY2-SM2-WITH-SM3",
            "Wechatpay-Signature": sign("platform", f"{timestamp}\n{nonce}\n{body}\n"),
        },
        "body": body,
    }


def main():
    for key in SERIALS:
        (HERE / f"{key}.crt.pem").write_text(certificate(key))
        (HERE / f"{key}.sec1.pem").write_bytes(openssl("ec", "-in", KEYS / f"sm2-{key}.key.pem"))
        (HERE / f"{key}.key.der").write_bytes(openssl("pkcs8", "-topk8", "-nocrypt", "-in", KEYS / f"sm2-{key}.key.pem", "-outform", "DER"))
        (HERE / f"{key}.pub.der").write_bytes(openssl("pkey", "-pubin", "-in", KEYS / f"sm2-{key}.pub.pem", "-pubout", "-outform", "DER"))
        secret = ["-passout", "pass:1929141777"]
        (HERE / f"{key}.encrypted.pem").write_bytes(openssl("pkcs8", "-topk8", "-v2", "aes-256-cbc", "-in", KEYS / f"sm2-{key}.key.pem", *secret))
        (HERE / f"{key}.p12").write_bytes(openssl("pkcs12", "-export", "-inkey", KEYS / f"sm2-{key}.key.pem", "-in", HERE / f"{key}.crt.pem", *secret))
        (HERE / f"{key}.crt.der").write_bytes(openssl("x509", "-in", HERE / f"{key}.crt.pem", "-outform", "DER"))
    texts = ["", "a", "订单\n", "x" * 55, "x" * 64, "0123456789" * 500]
    plain = ["a", "张三", "x" * 31, "x" * 32, "x" * 33, "x" * 215, "0123456789" * 500]
    open_texts = ["", "a", '{"a":1}', "国密" * 7, "x" * 1000]
    order = json.dumps({"state": "PAID", "total": 1, "payer_name": encrypt("merchant", "张三")}, ensure_ascii=False)
    resource = seal('{"out_trade_no":"1217752501201407033233368018"}', "fdasfjihihi1", "transaction")
    notification = {
        "id": "EV-2018022511223320873",
        "create_time": "2024-01-01T09:28:20+08:00",
        "event_type": "TRANSACTION.SUCCESS",
        "resource_type": "encrypt-resource",
        "summary": "支付成功",
        "resource": {**resource, "original_type": "transaction"},
    }
    certificates = {
        "data": [
            {
                "serial_no": SERIALS["platform"],
                "effective_time": "2023-01-01T08:00:00+08:00",
                "expire_time": "2033-01-01T08:00:00+08:00",
                "encrypt_certificate": seal((HERE / "platform.crt.pem").read_text(), "61f9c719728a", "certificate"),
            }
        ]
    }
    witness = {
        "serials": SERIALS,
        "signatures": [{"key": key, "message": text, "signature": sign(key, text)} for key in SERIALS for text in texts],
        "another_user_id": {"key": "platform", "message": "a", "signature": sign("platform", "a", "8765432187654321")},
        "ciphertexts": [{"key": key, "plaintext": text, "ciphertext": encrypt(key, text)} for key in SERIALS for text in plain],
        "resources": [{"plaintext": text, **seal(text, f"nonce-of-n-{n}", aad)} for n, text in enumerate(open_texts) for aad in ["", "certificate"]],
        "reply": signed(order, "c5ac7061fccab6bf3e254dcf98995b8c"),
        "empty_reply": signed("", "nonce-of-an-empty-reply"),
        "notification": signed(json.dumps(notification, ensure_ascii=False), "NONCE-OF-A-NOTIFICATION"),
        "certificates": signed(json.dumps(certificates), "NONCE-OF-CERTIFICATES"),
    }
    (HERE / "witness.json").write_text(json.dumps(witness, ensure_ascii=False, indent=1) + "\n")


main()
