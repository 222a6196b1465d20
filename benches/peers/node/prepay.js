// CPU of the JSAPI prepay by wechatpay-axios-plugin. Usage: node prepay.js GATEWAY_URL

const crypto = require('node:crypto');
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { Wechatpay } = require('wechatpay-axios-plugin');

const CALLS = 128;
const ROUNDS = 30;

const folder = process.env.WECHATPAY_VECTORS
  ? path.join(process.env.WECHATPAY_VECTORS, 'keys')
  : path.join(__dirname, '../../../runtime/tests/vectors/keys');
const read = (name) => readFileSync(path.join(folder, name), 'utf8');
const facts = JSON.parse(read('keys.json'));

const wxpay = new Wechatpay({
  mchid: facts.mchid,
  serial: facts.serials.merchant,
  privateKey: read('merchant.key.pem'),
  certs: { [facts.serials['platform-public']]: read('platform-public.pub.pem') },
  baseURL: process.argv[2],
  proxy: false,
});

async function prepay() {
  const { data } = await wxpay.v3.pay.transactions.jsapi.post({
    appid: 'wxd678efh567hg6787',
    mchid: '1230000109',
    description: 'Image形象店-深圳腾大-QQ公仔',
    out_trade_no: '1217752501201407033233368018',
    amount: { total: 100, currency: 'CNY' },
    notify_url: 'https://www.weixin.qq.com/wxpay/pay.php',
    payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
  });
  if (!data.prepay_id.startsWith('wx')) throw new Error('no prepay_id');
}

// Microseconds of CPU that one of `count` takes, all threads of the process together.
async function cpu(count, work) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}

async function median(count, work) {
  await work();
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await cpu(count, work));
  return times.sort((one, other) => one - other)[ROUNDS / 2];
}

async function calls(inFlight) {
  for (let done = 0; done < CALLS; done += inFlight) {
    await Promise.all(Array.from({ length: inFlight }, prepay));
  }
}

// A signature and a verification by node itself, with keys that are parsed already.
async function signAndVerify() {
  const own = crypto.createPrivateKey(read('merchant.key.pem'));
  const other = crypto.createPublicKey(own);
  const text = Buffer.alloc(512, 'x');
  return median(CALLS, async () => {
    for (let done = 0; done < CALLS; done += 1) {
      const signature = crypto.sign('RSA-SHA256', text, own);
      if (!crypto.verify('RSA-SHA256', text, other, signature)) throw new Error('refused');
    }
  });
}

(async () => {
  const alone = await signAndVerify();
  console.log(`sign + verify alone: ${alone.toFixed(0)} µs`);
  for (const inFlight of [1, 64]) {
    const time = await median(CALLS, () => calls(inFlight));
    console.log(`${inFlight} in flight: ${time.toFixed(0)} µs a call, ${(time / alone).toFixed(2)} times sign + verify`);
  }
})();
