import { deviation, type Unnumbered } from './deviation.js';

/** Wrong references, periods and wording that concern no single figure. */
export const deviationsElsewhere: readonly Unnumbered[] = [
  deviation(
    'WORDING',
    'R 5.2 question 3',
    '90% of conversations are rated good to very good',
    'R 2.4 and figure 2.7 state no percentage ("mostly well above a pass"), and zeros were removed by hand (R footnote 8)',
  ),
  deviation(
    'REFERENCE',
    'R 2.4',
    '"table 2.3 shows per location which share of first-line registrations became complete"',
    'that is table 2.4',
  ),
  deviation(
    'REFERENCE',
    'R 2.4',
    'the paragraph on over- and under-representation points at table 2.4',
    'the columns it reads are those of table 2.5, which nothing else introduces',
  ),
  deviation('REFERENCE', 'R 2.4', '"table 2.5 shows the areas as percentages"', 'that is table 2.6'),
  deviation(
    'REFERENCE',
    'R 3.2',
    'the counts of registrations and conversations are "in section 2.2"',
    '2.2 has users and directions of contact only; registrations are in 2.3, complete registrations in 2.4',
  ),
  deviation(
    'REFERENCE',
    'R 3.2',
    'another form of the desk is discussed in "section 5.3"',
    'it is in 3.5; 5.3 is about the assumed working of the pilot',
  ),
  deviation(
    'REFERENCE',
    'R 1.5',
    'research questions 16, 18 and 19 (best practices) could not be answered',
    'there are fifteen research questions; best practices are 12 to 15 (R 1.3, 5.2)',
  ),
  deviation(
    'PERIOD',
    'R 1.2',
    'the pilot was shortened "from seven to five months"',
    '1 September 2020 to 31 March 2021 (the same sentence) is seven months, as planned (1 March to 30 September)',
  ),
  deviation(
    'PERIOD',
    'N',
    'the pilot lasted nine months',
    'seven months, September 2020 to March 2021 (R 1.2, P process description)',
  ),
  deviation(
    'PERIOD',
    'P process description',
    'signaleringsoverleg every three weeks',
    'monthly one page later (P process description); at least monthly, in places more often (R 1.2)',
  ),
  deviation(
    'WORDING',
    'P 7',
    'the pilot’s six areas, sociale voorzieningenrecht among them',
    'the registration system had seven, without it (R 2.3.1); the desk worked in three clusters (R 1.2)',
  ),
  deviation(
    'WORDING',
    'R 1.2',
    'the five members of the project group each coordinate one part',
    'the sentence lists six parts',
  ),
  deviation(
    'WORDING',
    'R 1.2',
    'the pilot ran in "five cities"; outside Zwolle and Walcheren all parties sat inside "the municipality"',
    'Walcheren is three municipalities, no city',
  ),
  deviation(
    'PERIOD',
    'R 1.5',
    'the best-practice working groups had not yet met when data collection ended',
    'their first meeting had been held (R 3.4), and a best-practice meeting was attended for the evaluation (R 1.5, work package 2)',
  ),
  deviation(
    'WORDING',
    'R 3.4',
    'the best-practice ideas were tested in practice',
    'testing them is the next step, after the pilot (P process description)',
  ),
];
