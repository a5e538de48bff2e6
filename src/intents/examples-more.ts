// More sentences from which everybody's model begins to learn: the same things said in other words, also in Portuguese, Polish and
// Swedish. All are invented for this; none is of a real customer, and none is among those that reading is measured by.

import type { Intent } from './intent.ts';

/** Sentences by what they say; those under `none` say none of the intents. */
export const MORE_SENTENCES: Readonly<Record<Intent | 'none', string>> = {
  promise: `We are arranging the payment for next Wednesday.
The money leaves our account on 12 June.
You can expect the funds by Thursday.
I will make the transfer this afternoon.
Our accounts team is releasing the payment on the 15th.
We intend to clear the balance before the end of June.
The remaining 300 USD follow in July.
We'll get this paid by month end.
Payment goes out with the Friday run.
It will be settled in two instalments, 5 May and 5 June.
We have put your invoice into the payment run of 18 April.
We propose to pay 500 EUR each month, starting in May.
Wir veranlassen die Zahlung am Donnerstag.
Das Geld geht Mitte der Woche an Sie raus.
Die Rechnung ist für den Zahllauf am 20. Mai eingeplant.
Sie erhalten den Betrag spätestens am 12. Juni.
Ich weise die Summe heute Nachmittag an.
Wir gleichen den Rest bis Monatsende aus.
Die Restsumme folgt in der kommenden Woche.
Den offenen Posten begleichen wir zum 1. Juni.
Wir zahlen in zwei Raten, am 5. und am 20. Mai.
Der Zahlungseingang ist für Mittwoch geplant.
La facture passera dans notre prochaine campagne de règlement.
Vous serez payés au plus tard le 12 juin.
Nous procéderons au virement jeudi.
Je vous règle la somme demain matin.
Le paiement partira mercredi.
Vous aurez les fonds en début de semaine.
Nous soldons le compte fin juin.
Nous vous proposons un règlement en deux fois, le 5 mai et le 5 juin.
El importe se abonará el jueves.
Recibirán el dinero antes del 12 de junio.
La factura entra en la remesa de pagos del día 20.
Les haré la transferencia esta tarde.
Liquidaremos el saldo a finales de mes.
El pago sale el miércoles.
Vamos a abonar la mitad la semana que viene.
Vi salderemo il dovuto giovedì.
Riceverete l'importo entro il 12 giugno.
Il bonifico partirà mercoledì.
La fattura è inserita nei pagamenti del 20 maggio.
Disporrò il bonifico oggi pomeriggio.
Pagheremo in due rate, il 5 maggio e il 5 giugno.
Wij maken het bedrag donderdag over.
U ontvangt het geld uiterlijk 12 juni.
De factuur staat klaar voor de betaalronde van 20 mei.
Ik zet de betaling vanmiddag klaar.
Het restant volgt volgende maand.
Woensdag gaat de betaling de deur uit.
Pagaremos a fatura na sexta-feira.
O pagamento será efetuado até 15 de março.
Faremos a transferência na próxima semana.
Zapłacimy fakturę w piątek.
Przelew zostanie wykonany 15 marca.
Uregulujemy należność w przyszłym tygodniu.
Vi betalar fakturan på fredag.
Betalningen kommer att göras den 15 mars.`,
  dispute: `The invoice shows ten hours, but only six were worked.
We were charged for services that we had cancelled.
The rate on the invoice is higher than what was quoted.
There is a mistake in the amount.
Three cartons came without their contents.
We have returned the goods, so nothing is owed for them.
The discount that we agreed on was not deducted.
You have billed the wrong company.
The delivery was short by two pallets.
We did not place this order.
The quality is below what was promised.
The VAT on the invoice is calculated wrongly.
Es wurden zehn Stunden berechnet, geleistet wurden nur sechs.
Der Stundensatz weicht vom Angebot ab.
Auf der Rechnung steht die falsche Menge.
Zwei Kartons kamen leer bei uns an.
Der vereinbarte Rabatt wurde nicht abgezogen.
Diese Leistung haben wir nie beauftragt.
Die Mehrwertsteuer ist nicht richtig ausgewiesen.
Wir haben die Ware zurückgeschickt und erwarten eine Gutschrift.
Die Rechnung kann so nicht akzeptiert werden.
Bei der Lieferung fehlten mehrere Teile.
Le montant facturé ne correspond pas au devis.
La quantité livrée est inférieure à la quantité facturée.
Il y a une erreur sur la facture.
La remise convenue n'a pas été appliquée.
Nous refusons cette facture, la prestation n'a pas été réalisée.
Il manque deux palettes dans la livraison.
Nous n'avons jamais commandé ce service.
La cantidad facturada no coincide con el pedido.
Hay un error en la factura.
El descuento acordado no se ha aplicado.
Faltaban dos cajas en la entrega.
No hemos pedido este servicio.
El material llegó roto.
Rechazamos la factura porque el trabajo no está terminado.
L'importo fatturato non corrisponde all'offerta.
C'è un errore in fattura.
Mancavano due colli nella consegna.
Lo sconto concordato non è stato applicato.
Non abbiamo mai ordinato questo servizio.
La qualità non è quella pattuita.
Het gefactureerde bedrag komt niet overeen met de offerte.
Er staat een fout op de factuur.
De afgesproken korting is niet toegepast.
Er ontbraken twee dozen bij de levering.
Wij hebben dit nooit besteld.
De kwaliteit is onvoldoende.
Não concordamos com a fatura.
A mercadoria chegou danificada.
O preço está errado.
Nie zgadzamy się z fakturą.
Towar dotarł uszkodzony.
Vi godkänner inte fakturan.
Varorna kom skadade.`,
  paid_already: `The transfer left our account last Monday.
This invoice was cleared on 12 March.
Payment for it went out two weeks ago.
Please check again, the money was sent on the 3rd.
Our bank confirms that the amount was debited.
We settled that with our last transfer.
You received the payment on Friday, reference 4711.
It is paid, see the enclosed proof of payment.
Der Betrag wurde am 12. März von unserem Konto abgebucht.
Das ist längst erledigt, die Zahlung ging vor zwei Wochen raus.
Die Rechnung ist beglichen.
Wir haben den Posten mit der letzten Überweisung ausgeglichen.
Anbei der Zahlungsbeleg.
Bitte prüfen Sie Ihr Konto, das Geld ist seit Montag bei Ihnen.
Le règlement est parti le 12 mars.
La somme a été débitée de notre compte la semaine passée.
Cette facture est soldée.
Veuillez vérifier, le virement date du 3 mars.
Nous l'avons réglée avec le dernier virement.
El pago salió de nuestra cuenta el 12 de marzo.
Esta factura está liquidada.
La transferencia se hizo la semana pasada.
Comprueben su cuenta, el dinero se envió el lunes.
L'importo è stato addebitato il 12 marzo.
La fattura risulta saldata.
Il pagamento è partito la settimana scorsa.
Abbiamo fatto il bonifico lunedì scorso.
Het bedrag is op 12 maart van onze rekening afgeschreven.
De betaling is twee weken geleden gedaan.
Deze rekening hebben wij vorige maand voldaan.
Controleer uw rekening, het geld is maandag verstuurd.
Já pagámos esta fatura.
A transferência foi feita na semana passada.
Faktura została już zapłacona.
Przelew wysłaliśmy w zeszłym tygodniu.
Vi har redan betalat fakturan.
Beloppet betalades förra veckan.`,
  remittance: `Today's transfer of 4,200 EUR is made up as follows.
This is what our payment is for.
Below are the invoices that we paid with it.
List of settled invoices attached.
Our bank transfer includes the invoices 4711 and 4712.
Mit unserer Überweisung haben wir folgende Belege beglichen.
Die heutige Zahlung setzt sich wie folgt zusammen.
Anliegend die Liste der bezahlten Rechnungen.
Zahlungsdetails siehe Anlage.
Notre virement de ce jour se compose comme suit.
Le règlement concerne les factures suivantes.
Veuillez trouver la liste des factures réglées.
Nuestra transferencia incluye las facturas siguientes.
Relación de facturas pagadas adjunta.
El pago de hoy se compone así.
Il bonifico odierno comprende le fatture seguenti.
Elenco delle fatture pagate in allegato.
Onze betaling van vandaag omvat de volgende facturen.
Lijst van betaalde facturen in de bijlage.
Segue o aviso de pagamento.
W załączeniu specyfikacja płatności.
Bifogat finns betalningsavin.`,
  copy_request: `We seem to have lost the invoice, may we have it again?
The attachment was missing, please forward it.
Please provide the signed delivery note.
Would you mail me the invoice once more as a PDF?
I need the original of invoice 4711 for our books.
An overview of all open items would help us.
We do not have this invoice in our system.
Which invoice is this? Please let us have it.
Mir fehlt die Rechnung, bitte lassen Sie sie mir zukommen.
Könnten Sie die Rechnung als PDF mailen?
Die Rechnung ist bei uns nie angekommen.
Bitte übersenden Sie uns eine Aufstellung der offenen Posten.
Wir benötigen den unterschriebenen Lieferschein.
Der Anhang fehlte, bitte noch einmal.
La facture ne nous est jamais parvenue.
Pourriez-vous me faire parvenir la facture en PDF?
Il nous faut un relevé des factures ouvertes.
Merci de nous transmettre le bon de livraison signé.
La pièce jointe manquait.
La factura no nos ha llegado.
Necesito la factura en PDF, por favor.
¿Me podrían mandar un listado de facturas pendientes?
Faltaba el adjunto.
La fattura non ci è mai arrivata.
Mi servirebbe la fattura in PDF.
Potete mandarci l'elenco delle partite aperte?
Mancava l'allegato.
De factuur is nooit bij ons aangekomen.
Mag ik de factuur als pdf?
Wij missen de factuur in onze administratie.
De bijlage ontbrak.
Poderiam enviar uma cópia da fatura?
Não recebemos a fatura.
Proszę o przesłanie kopii faktury.
Kan ni skicka en kopia av fakturan?
Vi har inte fått fakturan.`,
  contact_change: `Invoices go to our shared service centre from now on: ap@example.com.
I left the finance team, Mr. Brown has taken over.
Kindly update your records with our new billing address.
My colleague Anna handles payments now.
Please use accounts@example.com for everything about invoices.
Please address all reminders to our head office.
We have moved to a new mailbox for invoices.
Ab Juni ist Herr Braun für Rechnungen zuständig.
Bitte richten Sie Ihre Schreiben an unsere Zentrale.
Unsere Rechnungsadresse lautet jetzt rechnung@example.com.
Ich habe die Abteilung gewechselt.
Ihr Ansprechpartner ist jetzt Anna Weber.
Bitte nehmen Sie die Adresse kreditoren@example.com in Ihren Verteiler auf.
Monsieur Petit s'occupe désormais des factures.
Veuillez mettre à jour notre adresse de facturation.
Votre interlocutrice est maintenant Anne Petit.
J'ai changé de service.
Ahora se encarga de las facturas el señor Ruiz.
Actualicen nuestra dirección de facturación, por favor.
He cambiado de departamento.
Ora si occupa delle fatture il signor Rossi.
Vi preghiamo di aggiornare il nostro indirizzo.
Ho cambiato ufficio.
De heer Jansen behandelt nu de facturen.
Wilt u ons factuuradres aanpassen?
Ik werk nu op een andere afdeling.
O nosso novo endereço é faturas@example.com.
Proszę wysyłać faktury na adres faktury@example.com.
Skicka fakturor till faktura@example.com i fortsättningen.`,
  insolvency: `The court has opened proceedings over our assets.
We ceased trading and have no means left.
All payments are stopped because of the insolvency petition.
The receiver has taken over.
Das Amtsgericht hat das Verfahren eröffnet.
Wir haben den Geschäftsbetrieb eingestellt und sind zahlungsunfähig.
Zum vorläufigen Verwalter wurde Rechtsanwalt Braun bestellt.
Le tribunal a prononcé la liquidation.
Nous sommes en cessation de paiements.
El juzgado ha declarado el concurso.
La empresa está en quiebra.
Il tribunale ha aperto la procedura di liquidazione.
La società è insolvente.
De rechtbank heeft het faillissement uitgesproken.
Er is surseance van betaling verleend.
A empresa está em insolvência.
Spółka ogłosiła upadłość.
Bolaget har försatts i konkurs.`,
  stop: `Delete my address from your system.
Do not send me any further reminders.
I no longer wish to receive your mails.
Leave me alone with these messages.
Löschen Sie meine Adresse.
Schicken Sie mir bitte nichts mehr.
Ich möchte keine weiteren Nachrichten von Ihnen.
Je ne souhaite plus recevoir vos courriels.
Effacez mon adresse.
No quiero recibir más mensajes suyos.
Borren mi dirección.
Non desidero più ricevere le vostre mail.
Cancellate il mio indirizzo.
Ik wil geen berichten meer ontvangen.
Verwijder mijn adres.
Não quero receber mais e-mails.
Proszę usunąć mój adres.
Sluta skicka mejl till mig.`,
  none: `We received your reminder and will look at it.
The invoice is being checked by our buyers.
Could you tell me the date of delivery?
What is the amount of the next order?
Our office is closed on Friday.
Please let me know your bank details.
We would like to order ten more.
The meeting is on 15 March.
Your invoice has arrived, thank you.
We are waiting for approval by our manager.
How much do we owe you in all?
Please pay attention to our new terms.
Have a nice weekend.
I am out of the office until Monday.
Can we have a longer payment term for new orders?
We cannot say yet when we can pay.
Thanks for the quick delivery.
The price list for next year is attached.
Did you receive our order of last week?
Ihre Mahnung haben wir erhalten.
Die Rechnung liegt zur Prüfung beim Einkauf.
Wann wird geliefert?
Bitte nennen Sie uns Ihre Bankverbindung.
Unser Büro ist am Freitag geschlossen.
Wir warten auf die Freigabe der Geschäftsleitung.
Wie hoch ist der Gesamtbetrag?
Schönes Wochenende!
Die Besprechung ist am 15. März.
Ihre Rechnung ist eingegangen, vielen Dank.
Wir können noch nicht sagen, wann wir zahlen können.
Bitte um Angebot für zehn Stück.
Nous avons bien reçu votre relance.
La facture est en cours de validation.
Quel est votre RIB?
Notre bureau est fermé vendredi.
Bonne journée à vous.
Quand livrez-vous?
Votre facture est bien arrivée.
Hemos recibido su recordatorio.
La factura está pendiente de aprobación.
¿Cuál es su número de cuenta?
La oficina está cerrada el viernes.
¿Cuándo entregan?
Abbiamo ricevuto il sollecito.
La fattura è in fase di verifica.
Qual è il vostro IBAN?
L'ufficio è chiuso venerdì.
Wij hebben uw herinnering ontvangen.
De factuur wordt nog gecontroleerd.
Wat is uw rekeningnummer?
Ons kantoor is vrijdag gesloten.
Wanneer levert u?
Obrigado pela sua mensagem.
Dziękujemy za wiadomość.
Tack för ditt meddelande.
Vi återkommer.`,
};
