/** A loop that does per step what TensorFlow Playground's core does, written for this benchmark: one object for each
 * neuron and each connection, one sample after another, gradients summed up and applied at the end of each batch.
 * Prints how many epochs per second it trains: `playground_core.js SECONDS HIDDEN...`. */

const [SAMPLES, BATCH, RATE] = [250, 10, 0.03];
const WARM_UP = 500; // milliseconds

/** @typedef {{bias: number, sum: number, out: number, delta: number, slope: number, into: Link[], onward: Link[]}} Neuron */
/** @typedef {{weight: number, from: Neuron, to: Neuron, slope: number}} Link */

/** @returns {Neuron} */
const neuron = () => ({ bias: 0.1, sum: 0, out: 0, delta: 0, slope: 0, into: [], onward: [] });

const [seconds, ...hidden] = process.argv.slice(2).map(Number);
const layers = [2, ...hidden, 1].map((units) => Array.from({ length: units }, neuron));
for (const [at, layer] of layers.slice(1).entries()) {
  for (const to of layer) {
    for (const from of layers[at]) {
      const link = { weight: Math.random() - 0.5, from, to, slope: 0 };
      from.onward.push(link);
      to.into.push(link);
    }
  }
}
const [inputs, last] = [layers[0], layers[layers.length - 1][0]];
const points = Array.from({ length: SAMPLES }, () => {
  const [x, y] = [10 * (Math.random() - 0.5), 10 * (Math.random() - 0.5)];
  return { x, y, label: Math.hypot(x, y) < 2.5 ? 1 : -1 };
});

/** @param {number} x @param {number} y */
function forward(x, y) {
  inputs[0].out = x;
  inputs[1].out = y;
  for (let at = 1; at < layers.length; at += 1) {
    for (const one of layers[at]) {
      one.sum = one.bias;
      for (const link of one.into) one.sum += link.weight * link.from.out;
      one.out = Math.tanh(one.sum);
    }
  }
}

/** @param {number} label */
function backward(label) {
  for (let at = layers.length - 1; at > 0; at -= 1) {
    for (const one of layers[at]) {
      let upstream = one === last ? one.out - label : 0;
      for (const link of one.onward) upstream += link.weight * link.to.delta;
      one.delta = upstream * (1 - one.out * one.out);
      one.slope += one.delta;
      for (const link of one.into) link.slope += one.delta * link.from.out;
    }
  }
}

function update() {
  for (let at = 1; at < layers.length; at += 1) {
    for (const one of layers[at]) {
      one.bias -= (RATE * one.slope) / BATCH;
      one.slope = 0;
      for (const link of one.into) {
        link.weight -= (RATE * link.slope) / BATCH;
        link.slope = 0;
      }
    }
  }
}

/** @param {number} milliseconds */
function rate(milliseconds) {
  const start = performance.now();
  let epochs = 0;
  for (; performance.now() - start < milliseconds; epochs += 1) {
    points.forEach(({ x, y, label }, at) => {
      forward(x, y);
      backward(label);
      if ((at + 1) % BATCH === 0) update();
    });
  }
  return (epochs * 1000) / (performance.now() - start);
}

rate(WARM_UP);
console.log(rate(seconds * 1000));
