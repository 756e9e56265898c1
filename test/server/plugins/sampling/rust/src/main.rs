//! Prints what Rust's own rand 0.7 draws, which TensorBoard's data server samples by: `cargo run > ../vectors.json`.
//! A plain reservoir over (step) streams, with the rules of restarts, and samples of indices.
use rand::distributions::{Distribution, Uniform};
use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha20Rng;

/// Half-open ranges of steps, one after another: where one starts before the last one's end, a run restarted.
type Stream = &'static [(i64, i64)];

const RESERVOIRS: &[(usize, Stream)] = &[
    (10, &[(0, 25)]),
    (10, &[(0, 1000)]),
    (100, &[(0, 101)]),
    (100, &[(0, 5000)]),
    (1000, &[(0, 30000)]),
    (1, &[(0, 50)]),
    (3, &[(0, 200000)]),
    (10, &[(0, 50), (20, 80), (79, 120)]),
    (100, &[(0, 500), (0, 30), (10, 700)]),
    (5, &[(7, 8), (7, 8), (7, 8), (7, 20), (19, 20), (19, 20), (19, 40)]),
    (10, &[(0, 2000), (1000, 1001), (1000, 1001), (500, 3000)]),
];

/// Lengths, and how many of them are kept.
const DOWNSAMPLES: &[(usize, usize)] = &[
    (52, 51),
    (100, 51),
    (1000, 51),
    (1000, 10),
    (20, 5),
    (60, 50),
    (300, 1),
    (2000, 162),
    (2000, 164),
    (5000, 1000),
    (100000, 170),
    (400000, 200),
    (600000, 100),
    (600000, 170),
];

fn reservoir(capacity: usize, stream: Stream) -> Vec<i64> {
    let mut rng = ChaCha20Rng::seed_from_u64(0);
    let mut kept: Vec<i64> = Vec::new();
    let mut seen = 0usize;
    for step in stream.iter().flat_map(|&(from, to)| from..to) {
        let before = kept.len();
        kept.retain(|&s| s < step);
        if kept.len() < before {
            seen = (seen as u64 * kept.len() as u64 / before as u64) as usize;
        }
        seen += 1;
        if seen > capacity {
            let place = Uniform::from(0..seen).sample(&mut rng);
            if place >= capacity {
                kept.pop();
            } else if kept.len() >= capacity {
                kept.remove(place);
            }
        }
        kept.push(step);
    }
    kept
}

fn downsample(length: usize, amount: usize) -> Vec<usize> {
    let mut rng = ChaCha20Rng::seed_from_u64(0);
    let mut indices = rand::seq::index::sample(&mut rng, length - 1, amount - 1).into_vec();
    indices.sort_unstable();
    indices.push(length - 1);
    indices
}

fn main() {
    let mut rng = ChaCha20Rng::seed_from_u64(0);
    let words: Vec<u32> = (0..40).map(|_| rng.next_u32()).collect();
    let reservoirs: Vec<String> = RESERVOIRS
        .iter()
        .map(|&(capacity, stream)| {
            let steps: Vec<[i64; 2]> = stream.iter().map(|&(from, to)| [from, to]).collect();
            let kept = reservoir(capacity, stream);
            format!("{{\"capacity\":{capacity},\"steps\":{steps:?},\"kept\":{kept:?}}}")
        })
        .collect();
    let downsamples: Vec<String> = DOWNSAMPLES
        .iter()
        .map(|&(length, amount)| {
            let kept = downsample(length, amount);
            format!("{{\"length\":{length},\"amount\":{amount},\"kept\":{kept:?}}}")
        })
        .collect();
    let (reservoirs, downsamples) = (reservoirs.join(",\n"), downsamples.join(",\n"));
    println!("{{\"words\":{words:?},\n\"reservoirs\":[\n{reservoirs}],\n\"downsamples\":[\n{downsamples}]}}");
}
