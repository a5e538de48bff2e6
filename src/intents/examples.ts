// Sentences from which everybody's model begins to learn. All are invented for this; none is of a real customer.

import { MORE_SENTENCES } from './examples-more.ts';
import { INTENTS, type Intent } from './intent.ts';
import { type Example, featuresOf, type IntentModel, learnt } from './intent-model.ts';
import { sentencesOf } from './sentence.ts';
import { signalsOf } from './sentence-signals.ts';

/** Sentences by what they say; those under `none` say none of the intents. */
const SENTENCES: Readonly<Record<Intent | 'none', string>> = {
  promise: `We will pay the invoice on Friday.
The amount of 1,200 EUR will be transferred by 15 March.
Payment is scheduled for the end of the month.
It is in our next payment run on the 20th.
I can pay half of it next week.
You should have the money tomorrow.
Expect our transfer on Monday.
Wir werden den Betrag am Freitag überweisen.
Die Rechnung wird bis Ende des Monats bezahlt.
Die Zahlung erfolgt mit dem nächsten Zahllauf am 15.03.
Ich überweise die 500 Euro morgen.
Sie bekommen das Geld nächste Woche.
Nous allons payer la facture vendredi.
Le virement sera effectué le 15 mars.
Nous réglerons le solde avant la fin du mois.
Pagaremos la factura el viernes.
El pago se realizará a fin de mes.
Haremos la transferencia mañana.
Pagheremo la fattura entro venerdì.
Il pagamento verrà effettuato a fine mese.
Provvederemo al saldo la prossima settimana.
Wij zullen de factuur vrijdag betalen.
Het bedrag wordt volgende week overgemaakt.
De betaling staat gepland voor eind van de maand.`,
  dispute: `We do not agree with this invoice because the price is wrong.
The goods arrived damaged.
You invoiced us twice for the same delivery.
We never received the delivery, so we cannot accept the invoice.
Our purchase order number is missing on the invoice.
Please issue a credit note for the missing items.
The quantity is not correct.
Die Rechnung ist falsch, der Preis stimmt nicht.
Wir reklamieren die Lieferung, drei Stück waren beschädigt.
Die Ware wurde nicht geliefert.
Die Bestellnummer fehlt auf Ihrer Rechnung.
Wir bitten um eine Gutschrift.
Nous contestons cette facture.
La marchandise est arrivée endommagée.
Le prix n'est pas correct.
No estamos de acuerdo con la factura.
La mercancía llegó dañada.
El precio es incorrecto.
Contestiamo la fattura perché il prezzo è sbagliato.
La merce è arrivata danneggiata.
Wij betwisten deze factuur.
De goederen zijn beschadigd aangekomen.
De prijs klopt niet.`,
  paid_already: `We already paid this invoice on 3 March.
The payment has been made last week.
This has been settled, please check your account.
I have transferred the money yesterday.
Our records show it was paid.
Die Rechnung wurde bereits am 3. März bezahlt.
Wir haben den Betrag schon überwiesen.
Laut unserer Buchhaltung ist bezahlt.
Nous avons déjà payé cette facture.
Le virement a été effectué lundi.
Ya hemos pagado esta factura.
La factura fue pagada el 3 de marzo.
Abbiamo già pagato questa fattura.
Il bonifico è stato effettuato ieri.
Deze factuur is al betaald.
Wij hebben het bedrag vorige week overgemaakt.`,
  remittance: `Please find attached our remittance advice.
Our payment of 3,000 EUR covers the following invoices.
Attached is the breakdown of our payment.
Please allocate the payment to these invoices.
Anbei unser Zahlungsavis.
Die Aufstellung zu unserer Zahlung finden Sie im Anhang.
Veuillez trouver ci-joint notre avis de virement.
Ci-joint le détail du paiement.
Adjuntamos el aviso de pago.
Adjunto el detalle del pago.
In allegato l'avviso di pagamento.
Alleghiamo la distinta di pagamento.
Hierbij ons betalingsadvies.
Bijgaand de specificatie van onze betaling.`,
  copy_request: `Could you please send us a copy of the invoice?
We have not received this invoice, please resend it.
Please send me a statement of account.
I cannot find the invoice, can you send it again?
Bitte senden Sie uns eine Rechnungskopie.
Uns liegt die Rechnung nicht vor, bitte nochmals zusenden.
Können Sie mir die Rechnung noch einmal schicken?
Pouvez-vous nous envoyer une copie de la facture?
Nous n'avons pas reçu la facture, merci de la renvoyer.
¿Pueden enviarnos una copia de la factura?
No hemos recibido la factura.
Potete inviarci una copia della fattura?
Non abbiamo ricevuto la fattura.
Kunt u ons een kopie van de factuur sturen?
Wij hebben de factuur niet ontvangen.`,
  contact_change: `Please send future invoices to ap@example.com.
She no longer works here, please contact our new accountant.
Our new email address for invoices is below.
I am not responsible for invoices, write to billing@example.com.
Frau Keller ist nicht mehr bei uns tätig.
Bitte senden Sie Rechnungen künftig an buchhaltung@example.com.
Ich bin dafür nicht mehr zuständig.
Merci d'adresser vos factures à compta@example.com désormais.
Elle ne travaille plus chez nous.
Nuestra nueva dirección de correo es facturas@example.com.
Ya no trabaja en la empresa.
Il nostro nuovo indirizzo è fatture@example.com.
Non lavora più da noi.
Ons nieuwe e-mailadres is facturen@example.com.
Zij werkt niet meer bij ons.`,
  insolvency: `The company has filed for insolvency.
An administrator has been appointed over our company.
We are in liquidation.
Please file your claim with the liquidator.
Über das Vermögen wurde das Insolvenzverfahren eröffnet.
Wir mussten Insolvenz anmelden.
Bitte melden Sie Ihre Forderung beim Insolvenzverwalter an.
Notre société est en liquidation judiciaire.
Une procédure de redressement judiciaire a été ouverte.
La empresa está en concurso de acreedores.
La società è stata dichiarata fallita.
È stato aperto il fallimento.
Ons bedrijf is failliet verklaard.
De curator behandelt uw vordering.`,
  stop: `Please stop sending me these emails.
Remove my address from your list.
Unsubscribe me.
Bitte schicken Sie mir keine E-Mails mehr.
Nehmen Sie mich aus Ihrem Verteiler.
Merci de ne plus m'envoyer de messages.
Veuillez me désabonner.
No me envíen más correos, por favor.
Quiero darme de baja.
Non inviatemi più email.
Vorrei disiscrivermi.
Stuur mij geen mails meer.
Ik wil me afmelden.`,
  none: `Thank you for your message.
I will look into it and come back to you.
Could you call me tomorrow morning?
We will check this with our colleagues.
Please find our order attached.
Who is your contact for technical questions?
The delivery arrived on Monday, thank you.
When will you deliver the rest?
We cannot pay at the moment.
I forwarded your mail to our accounts department.
Hope you are well.
Vielen Dank für Ihre Nachricht.
Ich kläre das intern und melde mich.
Können Sie mich bitte zurückrufen?
Anbei unsere neue Bestellung.
Die Lieferung ist gestern gekommen.
Wir können zurzeit nicht zahlen.
Ich habe Ihre Nachricht an die Buchhaltung weitergegeben.
Merci pour votre message.
Je vérifie et je reviens vers vous.
Pouvez-vous m'appeler demain?
Gracias por su mensaje.
Lo consulto y le respondo.
¿Pueden llamarme mañana?
Grazie per il messaggio.
Verifico e le faccio sapere.
Bedankt voor uw bericht.
Ik zoek het uit en kom erop terug.
Kunt u mij morgen bellen?`,
};

/** A sentence as the model learns from it. */
export function exampleOf(text: string, intents: readonly Intent[]): Example {
  const words = sentencesOf(text).flatMap((sentence) => sentence.words);
  return { features: featuresOf(words, signalsOf(words)), intents: new Set(intents) };
}

/** The shipped examples, those of all intents mixed: what is learnt last weighs no more for it. */
export function shippedExamples(): readonly Example[] {
  const kinds = [...INTENTS, 'none' as const].map((kind) => ({
    kind,
    lines: `${SENTENCES[kind]}\n${MORE_SENTENCES[kind]}`.split('\n'),
  }));
  const longest = Math.max(...kinds.map(({ lines }) => lines.length));
  return Array.from({ length: longest }, (_, at) => at).flatMap((at) =>
    kinds.flatMap(({ kind, lines }) => {
      const line = lines[at];
      return line === undefined ? [] : [exampleOf(line, kind === 'none' ? [] : [kind])];
    }),
  );
}

let shipped: IntentModel | undefined;

/** The model that everybody begins with; learnt once, in some hundredths of a second. */
export function shippedModel(): IntentModel {
  shipped ??= learnt(shippedExamples());
  return shipped;
}

/** The model of a tenant: the shipped examples, and what its people said of proposals since. */
export function modelWith(own: readonly Example[]): IntentModel {
  return own.length === 0 ? shippedModel() : learnt([...shippedExamples(), ...own]);
}
