/** ConvNetJS on its own MNIST network: prints how many samples per second it trains, over so many seconds. */

import convnetjs from "convnetjs";

const SIDE = 24;
const BATCH = 20;
const WARM_UP = 500; // milliseconds

const network = new convnetjs.Net();
network.makeLayers([
  { type: "input", out_sx: SIDE, out_sy: SIDE, out_depth: 1 },
  { type: "conv", sx: 5, filters: 8, stride: 1, pad: 2, activation: "relu" },
  { type: "pool", sx: 2, stride: 2 },
  { type: "conv", sx: 5, filters: 16, stride: 1, pad: 2, activation: "relu" },
  { type: "pool", sx: 3, stride: 3 },
  { type: "softmax", num_classes: 10 },
]);
const trainer = new convnetjs.SGDTrainer(network, { method: "adadelta", batch_size: BATCH });
const pictures = Array.from({ length: 200 }, () => {
  const picture = new convnetjs.Vol(SIDE, SIDE, 1, 0);
  for (let place = 0; place < SIDE * SIDE; place += 1) picture.w[place] = Math.random();
  return picture;
});

/** Trains for so long, in whole batches. @param {number} milliseconds */
function rate(milliseconds) {
  const start = performance.now();
  let samples = 0;
  while (performance.now() - start < milliseconds) {
    for (let one = 0; one < BATCH; one += 1, samples += 1) {
      trainer.train(pictures[samples % pictures.length], samples % 10);
    }
  }
  return (samples * 1000) / (performance.now() - start);
}

rate(WARM_UP);
console.log(rate(Number(process.argv[2]) * 1000));
