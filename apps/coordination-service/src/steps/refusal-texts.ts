import type { RefusalCode } from '@spil/domain';

/** What a refusal says to a person, and what to do next; Dutch for the desks, English for everyone else. */
export interface RefusalText {
  readonly nl: string;
  readonly en: string;
}

export const refusalTexts: Readonly<Record<RefusalCode, RefusalText>> = {
  CASE_NOT_FOUND: {
    nl: 'Deze casus bestaat niet. Controleer het nummer.',
    en: 'There is no such case. Check the id.',
  },
  CASE_ALREADY_REGISTERED: {
    nl: 'Deze casus is al geregistreerd.',
    en: 'This case is registered already.',
  },
  CASE_CLOSED: {
    nl: 'De casus is gesloten. Heropen hem eerst.',
    en: 'The case is closed. Reopen it first.',
  },
  CASE_NOT_CLOSED: {
    nl: 'De casus is niet gesloten en hoeft dus niet heropend te worden.',
    en: 'The case is not closed, so there is nothing to reopen.',
  },
  CASE_LINKED_ELSEWHERE: {
    nl: 'Deze registratie is aan een andere casus gekoppeld. Werk verder in die casus.',
    en: 'This registration was linked to another case. Continue there.',
  },
  REGISTRATION_CODE_UNKNOWN: {
    nl: 'Deze registratiecode is niet bekend. Vraag uw gesprekspartner de code nog eens voor te lezen.',
    en: 'This registration code is not known. Ask the other side to read it out again.',
  },
  REGISTRATION_CODE_TAKEN: {
    nl: 'Deze registratiecode is al vergeven.',
    en: 'This registration code is taken.',
  },
  REGISTRATION_CODE_MALFORMED: {
    nl: 'Dit is geen registratiecode; waarschijnlijk is een teken verkeerd getypt.',
    en: 'This is not a registration code; a character was probably mistyped.',
  },
  REGISTRATION_NOT_FOUND: {
    nl: 'Deze registratie hoort niet bij de casus.',
    en: 'The case has no such registration.',
  },
  REGISTRATION_NOT_LINKABLE: {
    nl: 'Deze registratie kan niet aan een andere casus gekoppeld worden.',
    en: 'This registration cannot be linked to another case.',
  },
  REGISTRATION_KIND_NOT_FOR_ORGANISATION: {
    nl: 'Deze soort registratie past niet bij uw organisatie.',
    en: 'This kind of registration is not for your kind of organisation.',
  },
  SIDE_ALREADY_REGISTERED: {
    nl: 'Deze kant van het gesprek is al geregistreerd. Gebruik een correctie.',
    en: 'This side of the conversation is registered already. Use a correction.',
  },
  COORDINATOR_NOT_FIRST_LINE: {
    nl: 'De coördinerende rol is voor de eerste lijn.',
    en: 'The coordinating role is for the first line.',
  },
  COORDINATOR_ALREADY_ASSIGNED: {
    nl: 'De casus heeft al een coördinator. Draag de rol over.',
    en: 'The case has a coordinator already. Transfer the role instead.',
  },
  NO_COORDINATOR: {
    nl: 'De casus heeft nog geen coördinator. Wijs er eerst een aan.',
    en: 'The case has no coordinator yet. Assign one first.',
  },
  PIKET_REQUEST_NOT_FOUND: {
    nl: 'De casus kent dit piketverzoek niet.',
    en: 'The case has no such piket request.',
  },
  PIKET_REQUEST_NOT_OPEN: {
    nl: 'Dit piketverzoek is al afgehandeld.',
    en: 'This piket request is settled already.',
  },
  CONTACT_ALREADY_SUCCEEDED: {
    nl: 'Voor dit verzoek is al contact gelegd.',
    en: 'This request has led to contact already.',
  },
  CONTACT_NOT_SUCCEEDED: {
    nl: 'Een gesprek kan pas worden vastgelegd na geslaagd contact. Leg eerst het contact vast.',
    en: 'A conversation can only be recorded after contact succeeded. Record the contact first.',
  },
  CONVERSATION_NOT_FOUND: {
    nl: 'De casus kent dit gesprek niet.',
    en: 'The case has no such conversation.',
  },
  CONVERSATION_ALREADY_RECORDED: {
    nl: 'Deze kant heeft het gesprek al vastgelegd. Gebruik een correctie.',
    en: 'This side recorded the conversation already. Use a correction.',
  },
  CONVERSATION_NOT_RECORDED: {
    nl: 'Deze kant heeft het gesprek nog niet vastgelegd.',
    en: 'This side has not recorded the conversation yet.',
  },
  RATING_OUT_OF_RANGE: {
    nl: 'Een beoordeling is een heel cijfer van 1 tot en met 10, of blijft leeg.',
    en: 'A rating is a whole number from 1 to 10, or left empty.',
  },
  NOT_A_PARTICIPANT: {
    nl: 'Deze stap is voorbehouden aan wie aan de casus deelneemt.',
    en: 'This step is for those who take part in the case.',
  },
  REFERRAL_NOT_FOUND: {
    nl: 'De casus kent deze doorverwijzing niet.',
    en: 'The case has no such referral.',
  },
  REFERRAL_NOT_OPEN: {
    nl: 'Deze doorverwijzing is al beantwoord of nog niet verlopen.',
    en: 'This referral was answered already, or has not lapsed yet.',
  },
  REFERRAL_TO_CONSULTED_LAWYER_FORBIDDEN: {
    nl: 'Op deze locatie mag de geraadpleegde piketadvocaat de zaak niet krijgen. Kies een andere ontvanger.',
    en: 'At this location the consulted piket lawyer may not receive the case. Choose another receiver.',
  },
  REFERRAL_COLD_NEEDS_REASON: {
    nl: 'Deze cliënt is niet zelfredzaam: verwijs warm door, of geef aan waarom dat niet kan.',
    en: 'This client is not self-reliant: refer warm, or state why that cannot be done.',
  },
  REFERRAL_TO_SELF: {
    nl: 'Naar uzelf doorverwijzen kan niet.',
    en: 'You cannot refer a client to yourself.',
  },
  TOEVOEGING_NOT_FOUND: {
    nl: 'De casus kent deze toevoeging niet.',
    en: 'The case has no such toevoeging.',
  },
  TOEVOEGING_NOT_OPEN: {
    nl: 'Op deze toevoeging is al beslist.',
    en: 'This toevoeging was decided already.',
  },
  TOEVOEGING_KIND_NOT_YET_IN_FORCE: {
    nl: 'De adviestoevoeging zelfredzaamheid bestaat pas sinds 1 juli 2021.',
    en: 'The self-reliance advice certificate (ATZ) exists since 1 July 2021 only.',
  },
  HANDOVER_NOT_FOUND: {
    nl: 'De casus kent deze overdracht niet.',
    en: 'The case has no such handover.',
  },
  HANDOVER_NOT_IN_STATE: {
    nl: 'Deze stap past niet bij hoe de overdracht er nu voor staat.',
    en: 'This step does not fit where the handover stands now.',
  },
  HANDOVER_NEEDS_PERSON: {
    nl: 'Een warme overdracht gaat naar een persoon, nooit naar een organisatie. Noem de ontvanger.',
    en: 'A warm handover goes to a person, never to an organisation. Name the receiver.',
  },
  HANDOVER_NEEDS_CONSENT: {
    nl: 'De cliënt beslist over het overdragen van het dossier. Leg eerst de toestemming vast.',
    en: 'The client decides about handing over the dossier. Record the consent first.',
  },
  HANDOVER_NEEDS_DOSSIER: {
    nl: 'Een warme overdracht heeft een dossier nodig.',
    en: 'A warm handover needs a dossier.',
  },
  HANDOVER_NOT_RECEIVER: {
    nl: 'Alleen de ontvanger van de overdracht kan dit doen.',
    en: 'Only the receiver of the handover can do this.',
  },
  HANDOVER_OPEN: {
    nl: 'Er loopt nog een overdracht. Rond die eerst af, zodat de cliënt niet tussen twee bureaus verdwijnt.',
    en: 'A handover is still open. Settle it first, so that the client does not disappear between two desks.',
  },
  FLAG_NOT_FOUND: {
    nl: 'De casus kent deze signalering niet.',
    en: 'The case has no such flag.',
  },
  FLAG_ALREADY_WITHDRAWN: {
    nl: 'Deze signalering is al ingetrokken.',
    en: 'This flag was withdrawn already.',
  },
  FACT_NOT_FOUND: {
    nl: 'De casus kent dit gegeven niet.',
    en: 'The case has no such fact.',
  },
  FACT_ALREADY_IN_ERROR: {
    nl: 'Dit gegeven is al als vergissing aangemerkt.',
    en: 'This fact was entered in error already.',
  },
  CORRECTION_CHANGES_NOTHING: {
    nl: 'De correctie is gelijk aan wat er al staat.',
    en: 'The correction equals what stands already.',
  },
  CONFLICT_WALL_NOT_FOUND: {
    nl: 'Deze belangenafscherming bestaat niet in deze casus.',
    en: 'There is no such conflict wall in this case.',
  },
  CONFLICT_WALL_AGAINST_OWNER: {
    nl: 'De organisatie die de casus registreerde kan niet als geheel worden afgeschermd. Draag de casus eerst over, of scherm één professional af.',
    en: 'The organisation that registered the case cannot be walled off as a whole. Hand the case over first, or wall off one professional.',
  },
  CONFLICT_WALL_AGAINST_ONE: {
    nl: 'Noem één professional of één organisatie die voor de wederpartij optreedt.',
    en: 'Name one professional or one organisation that acts for the other party.',
  },
  PURPOSE_NOT_FOR_STEP: {
    nl: 'Deze stap wordt niet gezet voor het doel dat u opgeeft. Zet hem zonder doel op te geven.',
    en: 'This step is not taken for the purpose that you state. Take it without stating one.',
  },
  EMERGENCY_PURPOSE_NOT_STATED: {
    nl: 'Noodtoegang neemt u alleen met EMERGENCY als doel van uw verzoek (Spil-Purpose).',
    en: 'Emergency access is taken only with EMERGENCY as the purpose of the request (Spil-Purpose).',
  },
  EMERGENCY_ACCESS_TOO_LONG: {
    nl: 'Noodtoegang duurt ten minste één minuut en ten hoogste vier uur.',
    en: 'Emergency access lasts one minute at least and four hours at most.',
  },
  EMERGENCY_ACCESS_LASTS: {
    nl: 'Uw noodtoegang tot deze casus loopt nog. Neem zo nodig opnieuw toegang als die is afgelopen.',
    en: 'Your emergency access to this case still lasts. Take it again when it has ended, if need be.',
  },
  EMERGENCY_ACCESS_NOT_FOUND: {
    nl: 'Deze noodtoegang is niet bekend in deze casus.',
    en: 'There is no such emergency access in this case.',
  },
  EMERGENCY_ACCESS_ALREADY_REVIEWED: {
    nl: 'Deze noodtoegang is al beoordeeld.',
    en: 'This emergency access was reviewed already.',
  },
  EMERGENCY_ACCESS_OWN_REVIEW: {
    nl: 'Eigen noodtoegang beoordeelt u niet zelf. Vraag het een coördinator of de privacyfunctionaris.',
    en: 'Nobody reviews their own emergency access. Ask a coordinator or the privacy officer.',
  },
  OCCURRED_IN_FUTURE: {
    nl: 'Deze datum ligt in de toekomst.',
    en: 'This date lies in the future.',
  },
  OCCURRED_BEFORE_STEP: {
    nl: 'Deze datum ligt voor de stap waarop zij volgt.',
    en: 'This date lies before the step that it answers.',
  },
  OCCURRED_TOO_LONG_AGO: {
    nl: 'Deze datum ligt meer dan 30 dagen terug; dat kan alleen met een importmandaat.',
    en: 'This date lies more than 30 days back; that takes the import mandate.',
  },
  STALE_REVISION: {
    nl: 'De casus is intussen veranderd. Bekijk wat er veranderde en probeer het opnieuw.',
    en: 'The case changed meanwhile. Look at what changed and try again.',
  },
  COMMAND_ID_REUSED: {
    nl: 'Dit opdrachtnummer is al voor iets anders gebruikt. Kies een nieuw nummer.',
    en: 'This command id was used for something else. Choose a new one.',
  },
  ORGANISATION_NOT_FOUND: {
    nl: 'Deze organisatie is niet bekend.',
    en: 'There is no such organisation.',
  },
  ORGANISATION_ALREADY_REGISTERED: {
    nl: 'Deze organisatie is al geregistreerd.',
    en: 'This organisation is registered already.',
  },
  PROFESSIONAL_NOT_FOUND: {
    nl: 'Deze professional is niet bekend.',
    en: 'There is no such professional.',
  },
  PROFESSIONAL_ALREADY_REGISTERED: {
    nl: 'Deze professional is al geregistreerd.',
    en: 'This professional is registered already.',
  },
  PROFESSIONAL_NOT_ACTIVE: {
    nl: 'Deze professional is niet actief.',
    en: 'This professional is not active.',
  },
  PROFESSIONAL_NOT_LEFT: {
    nl: 'Deze professional werkt hier nog. Leg eerst vast dat hij of zij is vertrokken.',
    en: 'This professional still works here. First record that he or she left.',
  },
  PROFESSIONAL_ERASED: {
    nl: 'De naam en contactgegevens van deze professional zijn gewist. Wie terugkomt, wordt als nieuwe professional geregistreerd.',
    en: 'Name and contact details of this professional were erased. Whoever comes back is registered as a new professional.',
  },
  LOCATION_NOT_FOUND: {
    nl: 'Deze locatie is niet bekend.',
    en: 'There is no such location.',
  },
  LOCATION_ALREADY_REGISTERED: {
    nl: 'Deze locatie is al geregistreerd.',
    en: 'This location is registered already.',
  },
  POLICY_NOT_FORWARD: {
    nl: 'Beleid kan niet met terugwerkende kracht worden gewijzigd.',
    en: 'Policy cannot be changed for days that have passed.',
  },
  NOT_ALLOWED: {
    nl: 'Hiertoe bent u niet bevoegd.',
    en: 'You are not allowed to do this.',
  },
  PIKET_REQUEST_STAYS_LOCAL: {
    nl: 'Dit verzoek vraagt om lokale kennis en blijft daarom lokaal.',
    en: 'This request needs local knowledge and therefore stays local.',
  },
  PIKET_REQUEST_ALREADY_AT_HELPLINE: {
    nl: 'Dit verzoek ligt al bij de landelijke hulplijn.',
    en: 'This request is with the national helpline already.',
  },
  PIKET_REQUEST_TO_SELF: {
    nl: 'Aan uzelf een piketverzoek doen kan niet.',
    en: 'You cannot ask yourself for a piket conversation.',
  },
  PIKET_NO_LOCAL_DESK: {
    nl: 'Op deze locatie is geen lokale piketdienst. Vraag de hulplijn of een collega die u kent.',
    en: 'This location has no local piket desk. Ask the helpline, or a colleague whom you know.',
  },
  LAT_QUESTION_ONLY_FOR_ASKING_SIDE: {
    nl: 'De vraag naar de LAT is alleen voor wie om het gesprek vroeg.',
    en: 'The LAT question is for the side that asked for the conversation only.',
  },
  REFERRAL_NOT_RECEIVER: {
    nl: 'Alleen de ontvanger van de doorverwijzing kan dit doen.',
    en: 'Only the receiver of the referral can do this.',
  },
  REFERRAL_FOLLOWS_HANDOVER: {
    nl: 'Deze warme doorverwijzing volgt haar overdracht. Beantwoord de overdracht.',
    en: 'This warm referral follows its handover. Answer the handover instead.',
  },
  FACT_HAS_ACCOUNTS: {
    nl: 'Over dit contact zijn gespreksverslagen vastgelegd. Merk eerst die als vergissing aan.',
    en: 'Accounts of a conversation hang on this contact. Enter those in error first.',
  },
  OCCURRED_UNREADABLE: { nl: 'Deze datum is niet te lezen.', en: 'This date cannot be read.' },
  NOT_DUE_YET: { nl: 'De termijn is nog niet verstreken.', en: 'The deadline has not passed yet.' },
  UNKNOWN_ONLY_FOR_IMPORT: {
    nl: 'Onbekend kan alleen bij ingelezen gegevens. Geef aan om wie het gaat.',
    en: 'Unknown is for imported facts only. Say who it was.',
  },
  CLIENT_NOT_FOUND: {
    nl: 'Deze cliënt is niet bekend. Registreer de cliënt opnieuw.',
    en: 'There is no such client. Register the client anew.',
  },
  CLIENT_DATA_ERASED: {
    nl: 'De persoonsgegevens die uw organisatie in deze casus had, zijn op verzoek gewist; nieuwe kunnen hier niet meer worden vastgelegd. Open zo nodig een nieuwe casus.',
    en: 'The personal data that your organisation held in this case were erased; no new ones can be recorded here. Open a new case if needed.',
  },
  NOTHING_HELD_IN_CASE: {
    nl: 'Er is geen casus met dit nummer waarin u voor uw organisatie iets kunt wissen. Denkt u van wel, vraag het dan een andere privacyfunctionaris van uw organisatie; is die er niet, laat uw organisatie er dan een aanwijzen.',
    en: 'There is no case of this id in which you can erase anything for your organisation. If you think there is, ask another privacy officer of your organisation; where there is none, let your organisation appoint one.',
  },
  ERASURE_NOT_FOUND: {
    nl: 'Er is geen verzoek om te wissen waarover u kunt beslissen met dit nummer. Denkt u van wel, vraag het dan een andere privacyfunctionaris van uw organisatie; is die er niet, laat uw organisatie er dan een aanwijzen.',
    en: 'There is no request to erase of this id that you can decide on. If you think there is, ask another privacy officer of your organisation; where there is none, let your organisation appoint one.',
  },
  ERASURE_ALREADY_DECIDED: {
    nl: 'Over dit verzoek is al besloten. Doe zo nodig een nieuw verzoek.',
    en: 'This request was decided already. Make a new one if needed.',
  },
  ERASURE_IDENTITY_NOT_CHECKED: {
    nl: 'Leg vast hoe is nagegaan dat het verzoek van de cliënt komt.',
    en: 'Say how it was made sure that the request comes from the client.',
  },
  ERASURE_DATE_NOT_AHEAD: {
    nl: 'Uitstellen kan alleen tot een dag die nog komt.',
    en: 'A request can be postponed to a day ahead only.',
  },
  ERASURE_NOT_YET: {
    nl: 'Nog geen van deze casussen kan worden gewist: er wordt aan gewerkt, of een bewaartermijn loopt. Sluit de casus, of stel het verzoek uit.',
    en: 'None of these cases can be erased yet: they are being worked on, or must still be kept. Close the case, or postpone the request.',
  },
  RETENTION_TERM_OUT_OF_RANGE: {
    nl: 'Een bewaartermijn is een heel aantal jaren, ten hoogste 30.',
    en: 'A retention term is a whole number of years, 30 at most.',
  },
  PROFESSIONAL_REQUIRED: {
    nl: 'Deze stap kan alleen een professional zetten.',
    en: 'Only a professional can take this step.',
  },
};
