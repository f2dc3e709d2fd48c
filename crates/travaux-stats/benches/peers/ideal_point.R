# Seconds of one sweep of two samplers for one-dimensional ideal points, on a matrix of votes.
# The difference of two runs leaves out what they do once.
votes <- as.matrix(read.csv(commandArgs(TRUE)[1], header = FALSE, na.strings = "NA"))
rownames(votes) <- paste0("P", seq_len(nrow(votes)))
colnames(votes) <- paste0("V", seq_len(ncol(votes)))
seconds <- function(run) { start <- proc.time(); run; sum((proc.time() - start)[c(1, 2)]) }
if (requireNamespace("pscl", quietly = TRUE)) {
  suppressPackageStartupMessages(library(pscl))
  called <- rollcall(votes, yea = 1, nay = 0, missing = NA)
  once <- function(n) seconds(capture.output(ideal(called, d = 1, maxiter = n, burnin = 0, thin = 100)))
  cat("pscl::ideal", (once(400) - once(100)) / 300, "\n")
} else cat("pscl is not installed\n")
if (requireNamespace("MCMCpack", quietly = TRUE)) {
  suppressPackageStartupMessages(library(MCMCpack))
  once <- function(n) seconds(MCMCirt1d(votes, burnin = 0, mcmc = n, thin = 100, verbose = 0))
  cat("MCMCpack::MCMCirt1d", (once(400) - once(100)) / 300, "\n")
} else cat("MCMCpack is not installed\n")
