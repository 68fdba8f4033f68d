"""Questions that are answered beside the training: of data, of documents, and of the network of a run."""
