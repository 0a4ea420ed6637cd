# First steps with this release in R: Rscript examples/example.R [PANEL.csv]
# Needs base R alone. PANEL.csv may be any table by COW code and year (ccode1, ccode2, year). Nothing is written.

arguments <- commandArgs(trailingOnly = FALSE)
script <- sub("^--file=", "", grep("^--file=", arguments, value = TRUE))
release <- normalizePath(file.path(dirname(script), ".."))
given <- commandArgs(trailingOnly = TRUE)

# A text may be the word NA: only an empty cell is missing.
table_of <- function(name) {
  read.csv(file.path(release, paste0(name, ".csv")), na.strings = "", fileEncoding = "UTF-8",
           stringsAsFactors = FALSE)
}

incidents <- table_of("analysis/incidents")
panel <- table_of("directed_dyad_year")

# 1. How many incidents of each type, by decade.
dated <- incidents[!is.na(incidents$year), ]
print(table(dated$event_type, dated$year %/% 10 * 10))

# 2. Who provided most. One incident with several pairs stands in several rows.
totals <- tapply(panel$n_incidents, panel$ccode1, sum, na.rm = TRUE)
print(head(sort(totals, decreasing = TRUE), 10))

# 3. From a cell of the panel back to the words that prove it.
found <- panel[!is.na(panel$incident_ids), ]
if (nrow(found) > 0) {
  behind <- data.frame(incident_id = strsplit(as.character(found$incident_ids[1]), ";")[[1]])
  evidence <- merge(behind, table_of("evidence"), by = "incident_id")
  evidence <- evidence[!is.na(evidence$quote), ]
  print(head(evidence[, c("incident_id", "field", "value", "document_id", "start", "end", "quote")], 10))
}

# 4. Merged with another panel.
if (length(given) > 0) {
  other <- read.csv(given[1])
  key <- c("ccode1", "ccode2", "year")
  stopifnot(!any(duplicated(panel[key])))
  merged <- merge(other, panel, by = key, all.x = TRUE)
  cat(sum(!is.na(merged$coverage)), "of", nrow(merged), "rows have a row here\n")
}
