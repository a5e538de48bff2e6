// What drafts of answers say, in the languages mails are read in. Places stand in braces; each is filled from the books or from
// the mail and shown beside the draft.

import type { Proposed } from './proposal.ts';

/** Languages that drafts are written in; others get English. */
export const DRAFT_LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl'] as const;
export type DraftLanguage = (typeof DRAFT_LANGUAGES)[number];

/**
 * What a draft says beside its greeting and end; `other`: of a mail that seems to want none of the known things. `copy_sent`: the
 * documents went when that was accepted. `paid_unassigned`: it says it paid, and money of the customer is not assigned yet.
 */
export type DraftKind = Exclude<Proposed, 'away' | 'stop'> | 'other' | 'copy_sent' | 'paid_unassigned';

export type DraftWords = Readonly<Record<DraftKind, string>> & {
  readonly greeting: string;
  /** Before the list of what is open; `{day}` is the day it is true of. */
  readonly list: string;
  /** One open item. */
  readonly line: string;
  readonly total: string;
  /** The same where not all is listed. */
  readonly totalOfAll: string;
  readonly nothing: string;
  readonly end: string;
};

export const DRAFT_WORDS: Readonly<Record<DraftLanguage, DraftWords>> = {
  en: {
    greeting: 'Hello,',
    promise:
      'thank you for telling us when you will pay. We have noted it, and will not remind you of it before then.',
    dispute:
      'thank you for telling us. We are looking into it and come back to you. Until then we do not remind you of what is in question.',
    paid_already:
      'thank you. We have not found your payment yet. Could you send us the date, the amount and the account it went to?',
    paid_unassigned:
      'thank you. We hold money of yours that is not assigned to a document yet, and are looking into what it is for.',
    remittance: 'thank you for your remittance advice. We assign your payment accordingly.',
    copy_request: 'attached you find the documents you asked for.',
    copy_sent: 'the documents you asked for are on their way to you.',
    contact_change: 'thank you. We write to the address you named from now on.',
    insolvency:
      'thank you for telling us. Please let us know the file number of the court and who administers the estate.',
    other: 'thank you for your mail.',
    list: 'By our books this is open on {day}:',
    line: '{reference}, due on {due}: {open}',
    total: 'Together: {sum}',
    totalOfAll: 'Together, with what is not listed here: {sum}',
    nothing: 'By our books nothing is open on {day}.',
    end: 'Kind regards',
  },
  de: {
    greeting: 'Guten Tag,',
    promise:
      'vielen Dank für Ihre Zahlungszusage. Wir haben sie vermerkt und erinnern Sie bis dahin nicht daran.',
    dispute:
      'vielen Dank für Ihren Hinweis. Wir prüfen das und melden uns. Bis dahin erinnern wir Sie nicht an das, was in Frage steht.',
    paid_already:
      'vielen Dank. Wir haben Ihre Zahlung noch nicht gefunden. Bitte nennen Sie uns Tag, Betrag und das Konto, auf das sie ging.',
    paid_unassigned:
      'vielen Dank. Wir haben Geld von Ihnen, das noch keinem Beleg zugeordnet ist, und klären, wofür es ist.',
    remittance: 'vielen Dank für Ihr Zahlungsavis. Wir ordnen Ihre Zahlung entsprechend zu.',
    copy_request: 'anbei erhalten Sie die gewünschten Unterlagen.',
    copy_sent: 'die gewünschten Unterlagen sind auf dem Weg zu Ihnen.',
    contact_change: 'vielen Dank. Wir schreiben künftig an die genannte Adresse.',
    insolvency:
      'vielen Dank für die Mitteilung. Bitte nennen Sie uns das Aktenzeichen des Gerichts und den Insolvenzverwalter.',
    other: 'vielen Dank für Ihre Nachricht.',
    list: 'Nach unseren Büchern ist am {day} offen:',
    line: '{reference}, fällig am {due}: {open}',
    total: 'Zusammen: {sum}',
    totalOfAll: 'Zusammen, mit dem hier nicht Aufgeführten: {sum}',
    nothing: 'Nach unseren Büchern ist am {day} nichts offen.',
    end: 'Mit freundlichen Grüßen',
  },
  fr: {
    greeting: 'Bonjour,',
    promise:
      'merci de nous avoir indiqué la date de votre paiement. Nous en avons pris note et ne vous relancerons pas avant.',
    dispute:
      'merci de votre signalement. Nous examinons ce point et revenons vers vous. D’ici là, nous ne vous relançons pas sur ce qui est contesté.',
    paid_already:
      'merci. Nous n’avons pas encore retrouvé votre paiement. Pourriez-vous nous indiquer sa date, son montant et le compte crédité ?',
    paid_unassigned:
      'merci. Nous détenons une somme de votre part qui n’est pas encore affectée, et vérifions à quoi elle correspond.',
    remittance: 'merci pour votre avis de paiement. Nous affectons votre règlement en conséquence.',
    copy_request: 'vous trouverez ci-joint les documents demandés.',
    copy_sent: 'les documents demandés vous sont envoyés séparément.',
    contact_change: 'merci. Nous écrirons désormais à l’adresse indiquée.',
    insolvency:
      'merci de nous en avoir informés. Veuillez nous communiquer le numéro de dossier du tribunal et le nom du mandataire.',
    other: 'merci pour votre message.',
    list: 'Selon nos livres, sont ouverts au {day} :',
    line: '{reference}, échéance {due} : {open}',
    total: 'Total : {sum}',
    totalOfAll: 'Au total, avec ce qui n’est pas listé ici : {sum}',
    nothing: 'Selon nos livres, rien n’est ouvert au {day}.',
    end: 'Cordialement',
  },
  es: {
    greeting: 'Buenos días:',
    promise:
      'Gracias por indicarnos cuándo pagarán. Lo hemos anotado y no les recordaremos el pago hasta entonces.',
    dispute:
      'Gracias por avisarnos. Lo estamos revisando y les responderemos. Hasta entonces no les reclamaremos lo que está en duda.',
    paid_already:
      'Gracias. Todavía no hemos encontrado su pago. ¿Podrían indicarnos la fecha, el importe y la cuenta de destino?',
    paid_unassigned:
      'Gracias. Tenemos un importe suyo que aún no está asignado a ningún documento y estamos comprobando a qué corresponde.',
    remittance: 'Gracias por su aviso de pago. Asignamos su pago según lo indicado.',
    copy_request: 'Adjuntamos los documentos solicitados.',
    copy_sent: 'Los documentos solicitados les llegarán por separado.',
    contact_change: 'Gracias. A partir de ahora escribiremos a la dirección indicada.',
    insolvency:
      'Gracias por comunicárnoslo. Les rogamos que nos indiquen el número de autos y la administración concursal.',
    other: 'Gracias por su mensaje.',
    list: 'Según nuestros libros, a {day} está pendiente:',
    line: '{reference}, vencimiento {due}: {open}',
    total: 'Total: {sum}',
    totalOfAll: 'En total, con lo que no figura aquí: {sum}',
    nothing: 'Según nuestros libros, a {day} no hay nada pendiente.',
    end: 'Un saludo',
  },
  it: {
    greeting: 'Buongiorno,',
    promise:
      'grazie per averci comunicato quando pagherete. Ne abbiamo preso nota e fino ad allora non vi solleciteremo.',
    dispute:
      'grazie per la segnalazione. La stiamo verificando e vi risponderemo. Fino ad allora non sollecitiamo ciò che è contestato.',
    paid_already:
      'grazie. Non abbiamo ancora trovato il vostro pagamento. Potete indicarci data, importo e conto di accredito?',
    paid_unassigned:
      'grazie. Abbiamo un vostro importo non ancora assegnato a un documento e stiamo verificando a cosa si riferisce.',
    remittance: 'grazie per il vostro avviso di pagamento. Assegniamo il pagamento di conseguenza.',
    copy_request: 'in allegato trovate i documenti richiesti.',
    copy_sent: 'i documenti richiesti vi vengono inviati separatamente.',
    contact_change: 'grazie. D’ora in poi scriveremo all’indirizzo indicato.',
    insolvency:
      'grazie per la comunicazione. Vi preghiamo di indicarci il numero della procedura e il curatore.',
    other: 'grazie per il vostro messaggio.',
    list: 'Secondo i nostri libri, al {day} risulta aperto:',
    line: '{reference}, scadenza {due}: {open}',
    total: 'Totale: {sum}',
    totalOfAll: 'In totale, con quanto non elencato qui: {sum}',
    nothing: 'Secondo i nostri libri, al {day} non risulta nulla di aperto.',
    end: 'Cordiali saluti',
  },
  nl: {
    greeting: 'Goedendag,',
    promise:
      'bedankt voor uw betaaltoezegging. Wij hebben die genoteerd en herinneren u er tot dan niet aan.',
    dispute:
      'bedankt voor uw melding. Wij zoeken het uit en komen erop terug. Tot dan herinneren wij u niet aan wat betwist is.',
    paid_already:
      'bedankt. Wij hebben uw betaling nog niet gevonden. Kunt u ons de datum, het bedrag en de rekening doorgeven?',
    paid_unassigned:
      'bedankt. Wij hebben een bedrag van u dat nog niet aan een document is toegewezen, en zoeken uit waarvoor het is.',
    remittance: 'bedankt voor uw betaalspecificatie. Wij verwerken uw betaling overeenkomstig.',
    copy_request: 'bijgaand vindt u de gevraagde documenten.',
    copy_sent: 'de gevraagde documenten zijn naar u onderweg.',
    contact_change: 'bedankt. Wij schrijven voortaan naar het genoemde adres.',
    insolvency:
      'bedankt voor uw bericht. Wilt u ons het zaaknummer van de rechtbank en de naam van de curator doorgeven?',
    other: 'bedankt voor uw bericht.',
    list: 'Volgens onze boeken staat op {day} open:',
    line: '{reference}, vervallen op {due}: {open}',
    total: 'Samen: {sum}',
    totalOfAll: 'Samen, met wat hier niet staat: {sum}',
    nothing: 'Volgens onze boeken staat op {day} niets open.',
    end: 'Met vriendelijke groet',
  },
};
