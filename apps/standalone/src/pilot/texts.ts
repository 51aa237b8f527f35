import type { ConversationResult, LifeDomain, OpposingPartyKind } from '@spil/domain';
import type { PilotArea } from './published-tables.js';

/** What people ask and who stands on the other side, per area. All of it is invented. */
interface AreaTexts {
  readonly clientQuestions: readonly string[];
  readonly professionalQuestions: readonly string[];
  readonly opponents: readonly (readonly [OpposingPartyKind, string] | null)[];
  readonly domains: readonly LifeDomain[];
}

export const areaTexts: Readonly<Record<PilotArea, AreaTexts>> = {
  VREEMDELINGENRECHT: {
    clientQuestions: [
      'Mijn aanvraag voor een verblijfsvergunning bij mijn partner is afgewezen. Kan ik daar iets tegen doen?',
      'Mag ik werken terwijl ik op de beslissing wacht?',
      'Mijn kind is hier geboren en ik heb geen papieren. Wat zijn onze mogelijkheden?',
      'Ik wil mijn moeder laten overkomen. Hoe begin ik daarmee?',
      'Mijn verblijfsvergunning verloopt volgende maand en ik krijg het formulier niet ingevuld.',
    ],
    professionalQuestions: [
      'Is bezwaar hier kansrijk en is de zaak toevoegwaardig?',
      'Klopt het dat eerst de leges betaald moeten zijn voordat verzuim hersteld kan worden?',
      'Kan de klant dit zelf aanvragen of is daar een advocaat bij nodig?',
    ],
    opponents: [['IND', 'IND-loket Fictieveld']],
    domains: ['RESIDENCE', 'FAMILY'],
  },
  ARBEIDSRECHT: {
    clientQuestions: [
      'Mijn werkgever biedt een vaststellingsovereenkomst aan. Moet ik tekenen?',
      'Ik ben op staande voet ontslagen en mijn loon is niet betaald.',
      'Mijn nulurencontract is sinds de sluiting van de horeca niet meer opgeroepen. Heb ik recht op loon?',
      'Ik ben ziek en mijn werkgever wil dat ik vrije dagen opneem.',
    ],
    professionalQuestions: [
      'Klopt de berekening van de transitievergoeding?',
      'Wij denken dat het ontslag vernietigbaar is; welke termijn loopt er nu precies?',
      'Kan de klant met een loonvordering zonder advocaat naar de kantonrechter?',
    ],
    opponents: [
      ['EMPLOYER', 'Schoonmaakbedrijf Voorbeeldglans'],
      ['EMPLOYER', 'Café De Verzonnen Gast'],
      null,
    ],
    domains: ['WORK', 'INCOME'],
  },
  SOCIALEZEKERHEIDSRECHT: {
    clientQuestions: [
      'Mijn bijstand is stopgezet omdat ik zou samenwonen. Dat klopt niet.',
      'Ik moet toeslagen terugbetalen en begrijp de brief niet.',
      'Mijn WIA-uitkering is geweigerd. Wat kan ik doen?',
      'De gemeente vraagt steeds nieuwe stukken voor mijn bijstandsaanvraag.',
    ],
    professionalQuestions: [
      'Is een herzieningsverzoek nog mogelijk nu de bezwaartermijn voorbij is?',
      'Kan dit bezwaar in de eerste lijn worden gemaakt of is een toevoeging haalbaar?',
      'Wat is een realistische inschatting van de terugvordering?',
    ],
    opponents: [
      ['MUNICIPALITY', 'Gemeente Voorbeeldstad'],
      ['UWV', 'UWV-kantoor Fictiestad'],
      ['TAX_AUTHORITY', 'Toeslagenkantoor Verzinnerdam'],
    ],
    domains: ['INCOME', 'DEBT', 'ADMINISTRATION'],
  },
  HUURRECHT: {
    clientQuestions: [
      'Mijn verhuurder wil dat ik vertrek omdat hij de woning verkoopt.',
      'Er is schimmel in huis en de verhuurder doet niets.',
      'Ik heb huurachterstand en een dagvaarding gekregen.',
      'Mijn tijdelijke huurcontract is per app-bericht opgezegd. Mag dat?',
    ],
    professionalQuestions: [
      'Is de opzegging rechtsgeldig bij een tijdelijk contract dat al eens is verlengd?',
      'Moet de klant verschijnen of volstaat een schriftelijk antwoord?',
      'Kan huurverlaging met terugwerkende kracht?',
    ],
    opponents: [
      ['LANDLORD', 'Woningstichting Voorbeeldhuis'],
      ['LANDLORD', 'Verhuurder De Proefhoeve'],
      null,
    ],
    domains: ['HOUSING', 'DEBT'],
  },
  VERBINTENISSENRECHT: {
    clientQuestions: [
      'Ik heb geld uitgeleend aan een kennis en krijg het niet terug.',
      'Er staat een deurwaarder voor een oude schuld die ik al betaald heb.',
      'De aannemer is gestopt en wil toch de hele rekening betaald zien.',
    ],
    professionalQuestions: [
      'Is de vordering verjaard?',
      'Welke brief kan de klant nu het beste zelf sturen?',
    ],
    opponents: [['COMPANY', 'Aannemersbedrijf Proefbouw'], ['PRIVATE_PERSON', 'een verzonnen kennis'], null],
    domains: ['DEBT', 'OTHER'],
  },
  CONSUMENTENRECHT: {
    clientQuestions: [
      'De webwinkel levert niet en geeft mijn geld niet terug.',
      'Ik kom niet van mijn abonnement af.',
      'Mijn tweedehands auto ging na twee weken stuk.',
    ],
    professionalQuestions: ['Geldt de bedenktijd ook hier?', 'Is ontbinding mogelijk of eerst herstel?'],
    opponents: [
      ['COMPANY', 'Webwinkel Koopvoorbeeld'],
      ['COMPANY', 'Garage De Testrit'],
    ],
    domains: ['DEBT', 'OTHER'],
  },
  ANDERS: {
    clientQuestions: [
      'Mijn ex-partner houdt zich niet aan de omgangsregeling.',
      'Ik heb een boete gekregen voor iets dat ik niet gedaan heb.',
      'Wie kan mij helpen met een gratieverzoek?',
      'De school wil mijn kind niet meer toelaten.',
    ],
    professionalQuestions: ['Bij wie kan deze klant het beste terecht?', 'Is hier een advocaat verplicht?'],
    opponents: [['PRIVATE_PERSON', 'een verzonnen ex-partner'], ['OTHER', 'Basisschool Het Voorbeeld'], null],
    domains: ['FAMILY', 'OTHER'],
  },
};

export const adviceTexts: Readonly<Record<ConversationResult, readonly string[]>> = {
  ADVICE_GIVEN: [
    'Uitgelegd welke stappen de klant kan zetten en welke termijn loopt.',
    'Brief samen doorgenomen.',
  ],
  OWN_ADVICE_CONFIRMED: [
    'Ons eigen advies is bevestigd.',
    'We zaten op de goede weg, aangevuld met een verwijzing.',
  ],
  REFERRAL_ADVISED: ['Doorverwijzen naar een advocaat ligt voor de hand.', 'Toevoegwaardig; doorverwijzen.'],
  BACK_REFERRAL_ADVISED: ['Kan in de eerste lijn worden opgelost.'],
  TO_BE_CONTINUED: ['Stukken opvragen en daarna opnieuw overleggen.'],
  NO_RESULT: ['Geen uitkomst; de vraag lag buiten het rechtsgebied.'],
};

export const motivationTexts = {
  good: [
    'Prettig gesprek, de ander nam de tijd.',
    'Duidelijk onderbouwd antwoord.',
    'Goed voorbereid gesprek.',
  ],
  poor: ['Het antwoord kwam gehaast over.', 'Ik miste de onderbouwing.'],
} as const;

export const counterpartNotes = [
  'Vraag was goed voorbereid.',
  'Kort overleg, daarna nog iets nagezocht.',
] as const;
export const indicatorTexts = [
  'Leest moeizaam Nederlands, geen netwerk.',
  'Veel brieven ongeopend, schulden.',
  'Kan zelf bellen, schrijven lukt niet.',
] as const;
export const dossierTexts = [
  'Korte schets van de zaak, gegeven advies en lijst van stukken (verzonnen dossier).',
  'Situatie, termijnen en wat de klant zelf al deed (verzonnen dossier).',
] as const;
export const coldReasonTexts = ['De klant wil zelf bellen, met een begeleider naast zich.'] as const;
export const declineTexts = [
  'Op dit moment geen ruimte voor nieuwe zaken.',
  'Dit is niet ons rechtsgebied.',
] as const;

/** The client of a case: plainly a test person. Numbers 06-0... are not handed out. */
export function client(number: number): { name: string; phone: string; email: string } {
  const padded = String(number).padStart(4, '0');
  return {
    name: `Testcliënt ${padded}`,
    phone: `06-${String(number).padStart(8, '0')}`,
    email: `testclient${padded}@example.org`,
  };
}
