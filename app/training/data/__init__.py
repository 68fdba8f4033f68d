"""What is learned from: samples in memory or streamed, their order, and the batches that come of them."""
