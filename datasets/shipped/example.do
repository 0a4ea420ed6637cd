* First steps with this release in Stata 14 or later. Run it from the folder of the release:
*     do examples/example.do
version 14
clear all

* 1. How many incidents of each type, by decade. Labels of variables and of codes are in the file.
use stata/analysis/incidents.dta, clear
describe, short
generate int decade = 10 * floor(year / 10)
tabulate event_type decade

* 2. Who provided most. One incident with several pairs stands in several rows.
use stata/directed_dyad_year.dta, clear
isid ccode1 ccode2 year
preserve
collapse (sum) n_incidents, by(ccode1)
gsort -n_incidents
list in 1/`=min(10, _N)'
restore

* 3. From a cell of the panel back to the words that prove it.
keep if incident_ids != ""
keep in 1
split incident_ids, parse(";") generate(incident_id)
keep ccode1 ccode2 year incident_id?*
reshape long incident_id, i(ccode1 ccode2 year) j(place)
drop if incident_id == ""
merge 1:m incident_id using stata/evidence.dta, keep(match) nogenerate
drop if quote == ""
list incident_id field value document_id start end quote in 1/`=min(10, _N)', string(40)

* 4. Merged with another panel by COW code and year:
*     use my_panel.dta, clear
*     merge 1:1 ccode1 ccode2 year using stata/directed_dyad_year.dta, keep(master match)
