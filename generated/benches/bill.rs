//! A bill of a gigabyte: memory over idle, and speed against `gunzip | sha1sum`. `cargo bench -p wechatpay-openapi --bench bill`.
//!
//! The file is made by one process and served by another, so that this one has nothing but the client in it. Linux alone.

use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use wechatpay_openapi::bill::TradeRow;
use wechatpay_openapi::download::{DownloadRequest, Hash};
use wechatpay_openapi::{WechatPay, emitted::DigestAlgorithm};
use wechatpay_sandbox::{BillKind, SandboxBill, SandboxKeys};

/// Rows of 270 bytes, for a gigabyte.
const ROWS: u64 = 3_980_000;

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[1..] {
        ["make", path] => make(Path::new(path)),
        ["serve", path] => serve(Path::new(path)),
        _ if arguments.contains(&"--bench") => measure(),
        // `cargo test --all-targets` runs this too.
        _ => Ok(()),
    }
}

fn bill() -> SandboxBill {
    SandboxBill {
        kind: BillKind::Trades,
        rows: ROWS,
        packed: true,
        sealed: false,
    }
}

fn make(path: &Path) -> Outcome {
    let mut file = std::fs::File::create(path)?;
    for piece in bill().pieces() {
        file.write_all(&piece)?;
    }
    println!("{}", bill().sha1());
    Ok(())
}

fn serve(path: &Path) -> Outcome {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("http://{}", listener.local_addr()?);
    for stream in listener.incoming() {
        let (stream, path) = (stream?, path.to_owned());
        std::thread::spawn(move || answer(stream, &path).map_err(|error| error.to_string()));
    }
    Ok(())
}

fn answer(stream: TcpStream, path: &Path) -> Outcome {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut stream = stream;
    loop {
        let mut line = String::new();
        while line != "\r\n" {
            line.clear();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
        }
        let mut file = std::fs::File::open(path)?;
        let length = file.metadata()?.len();
        write!(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n"
        )?;
        std::io::copy(&mut file, &mut stream)?;
    }
}

/// Ends the process with the benchmark.
struct Helper(Child);

impl Drop for Helper {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn measure() -> Outcome {
    let own = std::env::current_exe()?;
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bill.csv.gz");
    let made = Command::new(&own).arg("make").arg(&path).output()?;
    let hash = String::from_utf8(made.stdout)?.trim().to_owned();
    let mut server = Command::new(&own)
        .arg("serve")
        .arg(&path)
        .stdout(Stdio::piped())
        .spawn()?;
    let mut url = String::new();
    let output = server.stdout.take().ok_or("no output")?;
    let server = Helper(server);
    BufReader::new(output).read_line(&mut url)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let wxpay = client(url.trim())?;
    let link = format!("{}/v3/billdownload/file?token=x", url.trim());
    let download = || request(&wxpay, &link, &hash);
    // Connections, threads and the crypto library are there before anything is measured.
    runtime.block_on(async { download().await?.next_piece().await })?;
    for round in 1..=3 {
        let unix = unix(&path)?;
        let (bytes, time, over) = watched(&runtime, async {
            download().await?.write_to(&mut tokio::io::sink()).await
        })?;
        report(
            round,
            "checked, unpacked, thrown away",
            bytes,
            time,
            unix,
            over,
        );
        let (rows, time, over) = watched(&runtime, rows(download()))?;
        assert_eq!(rows, ROWS);
        report(
            round,
            "read as typed rows, two columns used",
            bytes,
            time,
            unix,
            over,
        );
    }
    drop(server);
    std::fs::remove_file(path)?;
    Ok(())
}

fn request<'a>(wxpay: &'a WechatPay, link: &str, hash: &str) -> DownloadRequest<'a> {
    let hash = Hash::new(DigestAlgorithm::Sha1, hash);
    wxpay.download(link).hash(hash)
}

async fn rows(download: DownloadRequest<'_>) -> Result<u64, wechatpay_openapi::Error> {
    let mut bill = download.bill().await?.records::<TradeRow>();
    let (mut rows, mut sum) = (0, 0);
    while let Some(row) = bill.next_row().await? {
        rows += 1;
        sum += row.order_amount()?.unwrap_or_default();
        std::hint::black_box(row.out_trade_no());
    }
    std::hint::black_box(sum);
    Ok(rows)
}

/// What a future gives, how long it took, and how many kilobytes of memory it took over what there was before.
fn watched<T>(
    runtime: &tokio::runtime::Runtime,
    work: impl Future<Output = Result<T, wechatpay_openapi::Error>>,
) -> Outcome<(T, Duration, u64)> {
    let idle = memory("VmRSS:")?;
    // Forgets the peak until now.
    std::fs::write("/proc/self/clear_refs", "5")?;
    let began = Instant::now();
    let given = runtime.block_on(work)?;
    let time = began.elapsed();
    Ok((given, time, memory("VmHWM:")?.saturating_sub(idle)))
}

fn memory(name: &str) -> Outcome<u64> {
    let mut status = String::new();
    std::fs::File::open("/proc/self/status")?.read_to_string(&mut status)?;
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let number = line.and_then(|line| line.split_whitespace().next());
    Ok(number.ok_or("no such line")?.parse()?)
}

/// How long `gunzip | sha1sum` takes.
fn unix(path: &Path) -> Outcome<Duration> {
    let began = Instant::now();
    let command = format!("gunzip -c '{}' | sha1sum", path.display());
    let status = Command::new("sh")
        .args(["-c", &command])
        .stdout(Stdio::null())
        .status()?;
    match status.success() {
        true => Ok(began.elapsed()),
        false => Err("gunzip or sha1sum failed".into()),
    }
}

fn report(round: u32, what: &str, bytes: u64, time: Duration, unix: Duration, over: u64) {
    let speed = |time: Duration| bytes as f64 / 1e6 / time.as_secs_f64();
    println!(
        "{round}: {what}: {:.0} MB at {:.0} MB/s, gunzip | sha1sum {:.0} MB/s, {:.2} times as fast, {over} kB over idle",
        bytes as f64 / 1e6,
        speed(time),
        speed(unix),
        unix.as_secs_f64() / time.as_secs_f64()
    );
}

fn client(url: &str) -> Outcome<WechatPay> {
    let material = SandboxKeys::shared()?.client_material()?;
    Ok(WechatPay::builder()
        .mchid(&material.mchid)
        .merchant_serial_no(&material.serial_no)
        .merchant_private_key(material.private_key.as_str())
        .platform_public_key_id(&material.public_key_id)
        .platform_public_key(material.public_key.as_str())
        .base_url(url)
        .build()?)
}
