// Turns of phrase that tell what a sentence wants, in English, German, French, Spanish, Italian and Dutch; folded. `*` stands
// for up to eight words, `~` at the end for any ending. They are read word by word: time is in proportion to length.

import { MORE_CUES } from './cues-more.ts';
import type { Intent } from './intent.ts';

/** A turn of phrase with how much it says: 1 says it, 0.5 only with more. */
export type Cue = { readonly words: readonly string[]; readonly weight: number };

const cues = (weight: number, text: string): readonly Cue[] =>
  text.split('|').map((words) => ({ words: words.trim().split(/\s+/), weight }));

/** What speaks for each intent: the first turns of phrase, and the others. */
const FIRST: Readonly<Record<Intent, readonly Cue[]>> = {
  promise: [
    ...cues(
      1,
      `will * pay|we pay|pay * on|pay * by|will * be paid|we'll pay|i'll pay|will * transfer|will * settle
      |will * be settled|going to pay|you will * receive * payment|payment will * made|payment is scheduled
      |payment has been scheduled|payment is planned|scheduled for payment|in * next payment run|will * remit
      |promise to pay|can pay|intend to pay|plan to pay|shall pay
      |werden * zahlen|werden * bezahlen|werden * uberweis~|werden * begleichen|werde * zahlen|werde * uberweis~
      |werde * begleichen|wird * uberwiesen|wird * bezahlt|wird * beglichen|wird * angewiesen|zahlen * am
      |zahlen * bis|uberweisen * am|uberweisen * bis|uberweise * am|uberweise * bis|zahlung erfolgt
      |zahlung wird * erfolgen|nachsten zahllauf|konnen * zahlen|zahlung * zugesagt
      |allons payer|allons regler|paierons|reglerons|paierai|reglerai|virement sera|paiement sera|reglement sera
      |sera * regle~|sera * paye~|effectuerons|pouvons payer|pouvons regler|prochain paiement|paiement est prevu
      |reglement est prevu|virement est prevu
      |pagaremos|pagare|vamos a pagar|abonaremos|sera * pagad~|realizaremos * pago|realizaremos * transferencia
      |haremos * transferencia|haremos * pago|efectuaremos * pago|pago se realizara|pago esta previsto
      |podemos pagar
      |pagheremo|paghero|salderemo|provvederemo * pagamento|provvederemo * saldo|verra * pagat~|sara * pagat~
      |effettueremo * bonifico|effettueremo * pagamento|faremo * bonifico|pagamento e previsto|pagamento avverra
      |possiamo pagare
      |zullen * betalen|zal * betalen|zullen * overmaken|zal * overmaken|gaan * betalen|wordt * betaald
      |wordt * overgemaakt|betalen * op|betaling staat gepland|betaling volgt|kunnen * betalen
      |volgende betaalrun`,
    ),
    ...cues(
      0.4,
      `payment|zahlung|paiement|reglement|pago|pagamento|betaling|transfer|uberweisung|virement|bonifico
      |transferencia|pay|zahlen|payer|pagar|pagare|betalen`,
    ),
  ],
  dispute: [
    ...cues(
      1,
      `dispute~|do not agree|don't agree|cannot accept|can't accept|not correct|is incorrect|is wrong|are wrong
      |wrong price|wrong amount|wrong quantity|overcharged|was damaged|were damaged|arrived damaged|damaged
      |defective|faulty|never received * goods|never received * delivery|goods * not * received
      |not been delivered|was not delivered|were not delivered|short delivered|short delivery|missing items
      |invoiced * twice|charged * twice|billed * twice|duplicate invoice|purchase order number is missing
      |po number is missing|without a po|no po number|complaint about|credit note|reject * invoice|did not order
      |never ordered
      |reklam~|beanstand~|widersprech~|widerspruch|nicht einverstanden|nicht korrekt|stimmt nicht|stimmen nicht
      |falsch~|fehlerhaft~|mangelhaft~|beschadigt~|defekt~|nicht geliefert|nie geliefert|nicht erhalten * ware
      |ware * nicht erhalten|fehlmenge|doppelt berechnet|doppelt in rechnung|zweimal berechnet
      |bestellnummer fehlt|gutschrift|nicht bestellt|zu hoch
      |contest~|pas d'accord|n'est pas correct~|n'est pas conforme|non conforme~|est incorrect~|errone~
      |erreur de prix|endommage~|defectueu~|pas ete livre~|jamais recu * marchandise~|livraison incomplete
      |factur~ deux fois|doublon|avoir|reclamation|numero de commande manque|pas commande
      |no estamos de acuerdo|no es correct~|es incorrect~|errone~|equivocad~|precio incorrecto|danad~|defectuos~
      |no * hemos recibido * mercancia|no fue entregad~|no se ha entregado|facturad~ dos veces|duplicad~
      |reclamacion|nota de credito|abono|disputamos|impugn~|falta * numero de pedido
      |contestiamo|contestare|contestazione|non siamo d'accordo|non e corrett~|sbagliat~|errat~|danneggiat~
      |difettos~|non * consegnat~|mai ricevuto * merce|fatturat~ due volte|reclamo|nota di credito
      |manca * numero d'ordine
      |betwist~|niet akkoord|niet mee eens|klopt niet|kloppen niet|onjuist~|verkeerd~|beschadigd~|defect
      |niet geleverd|nooit geleverd|nooit ontvangen * goederen|dubbel gefactureerd|twee keer gefactureerd
      |creditnota|creditfactuur|klacht|inkoopnummer ontbreekt`,
    ),
  ],
  paid_already: [
    ...cues(
      1,
      `already paid|have paid|has been paid|was paid|were paid|been settled|already settled|paid this|paid it
      |we paid|i paid|already transferred|have transferred|has been transferred|payment was made
      |payment has been made|payment was sent|payment has been sent|was sent on|already made * payment|wired
      |bereits bezahlt|schon bezahlt|wurde bezahlt|wurde * bezahlt|haben * bezahlt|habe * bezahlt
      |bereits uberwiesen|haben * uberwiesen|habe * uberwiesen|wurde * uberwiesen|bereits beglichen
      |haben * beglichen|wurde * beglichen|ist bezahlt|wurde * angewiesen|zahlung * ausgefuhrt
      |deja paye~|deja regle~|avons paye~|avons regle~|ai paye~|ete paye~|ete regle~|deja effectue~
      |virement a ete|paiement a ete|avons vire|avons effectue
      |ya pagad~|hemos pagado|he pagado|ya hemos pagado|fue pagad~|fue abonad~|ha sido pagad~|ya esta pagad~
      |ya esta abonad~|ya se ha pagado|transferimos|hemos transferido|pago se realizo
      |gia pagat~|gia saldat~|abbiamo pagato|abbiamo gia|ho pagato|e stat~ pagat~|e stat~ saldat~
      |abbiamo effettuato|pagamento e stato|bonifico e stato
      |al betaald|reeds betaald|hebben * betaald|heb * betaald|is betaald|werd betaald|al overgemaakt
      |hebben * overgemaakt|heb * overgemaakt|reeds voldaan|is voldaan`,
    ),
  ],
  remittance: [
    ...cues(
      1,
      `remittance|payment advice|advice of payment|payment details attached|breakdown of * payment
      |payment * covers|payment covers|allocate * payment
      |zahlungsavis|avis|zahlungsaufstellung|aufstellung * zahlung|zahlung * verrechnen|zahlung betrifft
      |avis de paiement|avis de virement|bordereau de paiement|detail du paiement|detail du virement
      |paiement correspond
      |aviso de pago|detalle del pago|desglose del pago|remesa|pago corresponde
      |avviso di pagamento|dettaglio del pagamento|distinta di pagamento|pagamento si riferisce
      |betalingsadvies|betaaladvies|betalingsspecificatie|specificatie van * betaling|betaling betreft`,
    ),
  ],
  copy_request: [
    ...cues(
      1,
      `send * copy|copy of * invoice|copy of the|copies of|invoice copy|resend|send * again|send * invoice again
      |send us the invoice|send me the invoice|have not received * invoice|haven't received * invoice
      |did not receive * invoice|didn't receive * invoice|never received * invoice|send * statement
      |statement of account|proof of delivery|need * invoice|forward * invoice
      |rechnungskopie~|kopie~ * rechnung~|rechnung * nochmals|rechnung * noch einmal|rechnung * erneut
      |rechnung * nicht erhalten|rechnung * zusenden|rechnung * schicken|rechnung * senden
      |rechnung * liegt * nicht vor|rechnung * zukommen|kontoauszug|lieferschein * senden
      |lieferschein * schicken|kopie der
      |copie de|copie des|duplicata|renvoyer|envoyer * facture|pas recu * facture|n'avons pas recu la facture
      |releve de compte|transmettre * facture|bon de livraison
      |copia de|copias de|duplicado de|reenviar|enviar * factura|envien * factura|enviarnos * factura
      |no hemos recibido la factura|no * recibido * factura|extracto de cuenta|mandar * factura
      |copia della|copia delle|inviare * fattura|inviarci * fattura|inviarmi * fattura|mandare * fattura
      |non * ricevuto * fattura|rinviare|estratto conto
      |kopie van|kopie factuur|factuur * opnieuw|opnieuw * sturen|factuur * sturen|factuur * toesturen
      |factuur * niet ontvangen|rekeningoverzicht|nogmaals`,
    ),
  ],
  contact_change: [
    ...cues(
      1,
      `new email address|new e-mail address|new address for invoices|new contact|no longer work~
      |no longer responsible|has left the company|left the company|is no longer with|please send * invoices to
      |send * future invoices to|please contact * instead|please write to|update * contact|change * email
      |responsible for * invoices|use the following address|address has changed
      |neue e-mail-adresse|neue mailadresse|neue adresse|neuer ansprechpartner|neue ansprechpartnerin
      |nicht mehr zustandig|nicht mehr * tatig|ausgeschieden|unternehmen verlassen|kunftig * an|zukunftig * an
      |ab sofort * an|wenden sie sich * an|rechnungen * an folgende|adresse hat sich geandert
      |nouvelle adresse|nouveau contact|nouvel interlocuteur|ne travaille plus|plus responsable|a quitte
      |desormais * adresse|merci d'adresser|envoyer * factures a|adresser * factures a|contacter * plutot
      |nueva direccion|nuevo correo|nuevo contacto|ya no trabaja|ha dejado la empresa|a partir de ahora
      |dirigir * facturas a|enviar * facturas a|contactar con
      |nuovo indirizzo|nuova email|nuovo contatto|nuovo referente|non lavora piu|ha lasciato|d'ora in poi
      |inviare * fatture a|contattare
      |nieuw e-mailadres|nieuwe e-mailadres|nieuw adres|nieuwe contactpersoon|werkt niet meer|niet meer werkzaam
      |voortaan * naar|facturen * sturen naar|contact opnemen met`,
    ),
  ],
  insolvency: [
    ...cues(
      1,
      `insolven~|bankrupt~|administration proceedings|in administration|went into administration
      |entered administration|administrator has been appointed|liquidation|liquidator|chapter 11|chapter 7
      |receivership|winding up|filed for protection|file * proof of * claim
      |insolvenz~|insolvenzverwalter~|konkurs~|zahlungsunfahig~|gesamtvollstreckung|glaubigerversammlung
      |forderung * anmelden
      |liquidation judiciaire|redressement judiciaire|procedure de sauvegarde|depot de bilan
      |cessation de~ paiements|faillite|mandataire judiciaire|liquidateur
      |concurso de acreedores|insolvencia|quiebra|administrador concursal|preconcurso|liquidacion de la empresa
      |fallimento|fallita|concordato preventivo|liquidazione giudiziale|curatore fallimentare|insolvenza
      |procedura concorsuale
      |faillissement|failliet|curator|surseance~|insolventie|faillietverklaring`,
    ),
  ],
  stop: [
    ...cues(
      1,
      `stop sending|stop emailing|stop contacting|unsubscribe|remove me|remove us|remove my address|take me off
      |do not contact|don't contact|no more emails|no more reminders|stop these|do not write|cease * contact
      |keine * mails mehr|keine e-mails mehr|keine mahnungen mehr|keine weiteren * mails|horen sie auf
      |aus * verteiler|abmelden|abbestellen|nicht mehr * schreiben|nicht mehr * anschreiben
      |nicht mehr kontaktieren|unterlassen sie
      |desabonner|desinscrire|ne plus m'envoyer|ne plus nous envoyer|ne plus * recevoir|cessez|arretez de
      |retirez-moi|supprimez * adresse
      |darme de baja|darnos de baja|dejen de|dejad de|no me envien mas|no nos envien mas|no envien mas
      |eliminen * direccion|no me escriban
      |disiscriver~|cancellatemi|cancellate * indirizzo|non inviate piu|non inviateci piu|non mandatemi piu
      |smettete di|rimuovete
      |afmelden|uitschrijven|geen * mails meer|geen herinneringen meer|stop met|niet meer mailen|verwijder mij
      |haal mij`,
    ),
  ],
};

const both = (intent: Intent): readonly Cue[] => [...FIRST[intent], ...cues(1, MORE_CUES[intent])];

/** What speaks for each intent. */
export const CUES: Readonly<Record<Intent, readonly Cue[]>> = {
  promise: both('promise'),
  dispute: both('dispute'),
  paid_already: both('paid_already'),
  remittance: both('remittance'),
  copy_request: both('copy_request'),
  contact_change: both('contact_change'),
  insolvency: both('insolvency'),
  stop: both('stop'),
};

/** What speaks against an intent: with one of these a sentence does not say it. */
export const AGAINST: Readonly<Partial<Record<Intent, readonly Cue[]>>> = {
  promise: cues(
    1,
    `not pay|cannot pay|can't pay|won't pay|will not * pay|not be paid|unable to pay|refuse to pay|nicht zahlen
      |nicht bezahlen|nicht uberweis~|nicht begleichen|zahlen * nicht|keine zahlung|kein geld|ne paierons pas
      |ne pouvons pas|ne reglerons pas|pas payer|no pagaremos|no podemos pagar|no vamos a pagar|non pagheremo
      |non possiamo pagare|niet betalen|niet * betaald|niet overmaken|if you pay|when will|already paid
      |have paid|has been paid|bereits bezahlt|bereits uberwiesen|haben * uberwiesen|haben * bezahlt|deja paye~
      |deja regle~|avons paye|ya hemos pagado|hemos pagado|abbiamo pagato|gia pagat~|al betaald|reeds betaald
      |already settled|wurde * uberwiesen|was paid|please pay|paid * on|hebben * overgemaakt`,
  ),
  paid_already: cues(
    1,
    `will be * paid|not been paid|not yet * paid|not * paid|noch nicht|nicht bezahlt|nicht * uberwiesen
      |wird * bezahlt|wird * uberwiesen|pas encore|pas ete|aun no|todavia no|non ancora|non e stat~|nog niet
      |niet betaald|wordt * betaald|as soon as|once * paid|if * paid|sera|sara|sera pagada`,
  ),
  insolvency: cues(1, 'not insolvent|nicht insolvent|keine insolvenz|not bankrupt|niet failliet'),
  stop: cues(1, "will stop|do not stop|don't stop"),
};

/** What a dispute is about, by its reason; the first that fits. */
export const DISPUTE_REASONS: readonly (readonly [string, readonly Cue[]])[] = [
  [
    'duplicate',
    cues(
      1,
      'twice|duplicate|doppelt|zweimal|deux fois|doublon|dos veces|duplicad~|due volte|twee keer|dubbel',
    ),
  ],
  [
    'quality',
    cues(
      1,
      `damaged|defective|faulty|broken|beschadigt~|defekt~|mangelhaft~|mangel|endommage~|defectueu~|danad~
      |defectuos~|danneggiat~|difettos~|beschadigd~|defect|kapot`,
    ),
  ],
  [
    'delivery',
    cues(
      1,
      `not * delivered|never received|not received|nicht geliefert|nie geliefert|nicht erhalten|pas * livre~
      |jamais recu|no * entregad~|no hemos recibido|non * consegnat~|mai ricevuto|niet geleverd|nooit geleverd
      |nooit ontvangen`,
    ),
  ],
  [
    'quantity',
    cues(
      1,
      `quantity|short delivery|short delivered|missing items|pieces|menge|fehlmenge|stuck|quantite|incomplete
      |cantidad|quantita|aantal|hoeveelheid`,
    ),
  ],
  ['pricing', cues(1, 'price~|overcharged|preis~|prix|tarif|precio~|prezzo|prezzi|prijs|prijzen|zu hoch')],
  ['tax', cues(1, 'vat|tax|mwst|umsatzsteuer|mehrwertsteuer|steuer|tva|iva|btw')],
  [
    'documentation',
    cues(
      1,
      `po number|purchase order|order number|bestellnummer|numero de commande|numero de pedido|numero d'ordine
      |inkoopnummer|ordernummer|bestelnummer`,
    ),
  ],
  [
    'returned_goods',
    cues(
      1,
      `returned|sent back|retour~|zuruckgeschickt|zuruckgesendet|renvoye~|devuelt~|devolucion|restituit~|reso
      |teruggestuurd`,
    ),
  ],
  ['discount', cues(1, 'discount|skonto|rabatt|escompte|remise|descuento|sconto|korting')],
  [
    'terms',
    cues(
      1,
      `payment terms|due date|zahlungsziel|zahlungsbedingungen|echeance|vencimiento|scadenza|betalingstermijn`,
    ),
  ],
];
