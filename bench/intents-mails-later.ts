// Sentences worded to be hard: said without the usual turns of phrase, and as many that say nothing of the kind though they use the
// words of one. They were written after the turns of phrase; these were then narrowed where they spoke too easily, and none was added.

/** `intent | sentence`; `none` says nothing of the kind. */
export const HELD_OUT_LATER = `promise | Our bookkeeper will see to it that you get your money on the 9th.
promise | Count on the wire reaching you before Easter.
promise | Give us until 4 May, then the full amount is yours.
promise | Kommenden Mittwoch ist das Geld auf Ihrem Konto.
promise | Wir überweisen Ihnen die 2.300 Euro gleich nach Ostern.
promise | On vous fera le virement mardi.
promise | Le solde vous sera versé le 9 mai.
promise | El martes tendrán el dinero en su cuenta.
promise | Martedì faremo partire il pagamento.
promise | Dinsdag staat het geld op uw rekening.
dispute | Your technician left after an hour, yet you ask for a full day.
dispute | What arrived is not what we bought.
dispute | You promised 5 percent off and I cannot find it on the bill.
dispute | Die Hälfte der Gläser war zerbrochen.
dispute | Wir haben nur eine Lieferung bekommen, Sie berechnen zwei.
dispute | Les pièces ne fonctionnent pas.
dispute | La machine livrée n'est pas celle que nous avions choisie.
dispute | Las piezas no funcionan.
dispute | I pezzi non funzionano.
dispute | De onderdelen werken niet.
paid_already | Look at your statement of 2 April, our 500 EUR are on it.
paid_already | Our treasury executed this on Tuesday.
paid_already | Das Geld müsste seit gestern auf Ihrem Konto sein, wir haben es am Montag angewiesen.
paid_already | Rechnung 4711 ist bereits reguliert.
paid_already | Le montant vous a été versé mardi.
paid_already | Se lo ingresamos el martes.
paid_already | Ve l'abbiamo saldata martedì.
paid_already | Dat is dinsdag al geregeld, kijk uw afschrift na.
remittance | Attached: which invoices the 8,200 EUR are meant for.
remittance | Verwendung unserer Überweisung: Rechnungen 11, 12 und 15.
remittance | Répartition de notre paiement du 3 avril en annexe.
remittance | Distribuzione del nostro bonifico in allegato.
copy_request | My boss wants to see the invoice, I do not have it at hand.
copy_request | Bitte die Rechnung an mich, ich kenne sie nicht.
copy_request | Je n'ai pas la facture sous les yeux, pouvez-vous la joindre?
copy_request | No tengo la factura, ¿me la pasan?
copy_request | Non ho la fattura, me la gira?
copy_request | Ik heb de factuur niet, stuurt u hem even?
contact_change | Mrs. Lund pays the bills since January, I do not.
contact_change | Für Rechnungen gilt nun die Adresse kreditoren@example.com.
contact_change | Pour les factures, écrivez à Mme Roy.
contact_change | Para facturas, escriban a la señora Vega.
insolvency | A judge has put our firm under administration.
insolvency | Wir sind pleite, ein Anwalt verwaltet alles.
insolvency | Notre entreprise a déposé le bilan.
stop | No more of these mails to me, please.
stop | Bitte keine Erinnerungen mehr an diese Adresse.
stop | Plus de rappels à cette adresse, merci.
none | We pay great attention to quality.
none | Once the invoice is paid, may we have a receipt?
none | From now on our office opens at nine.
none | Please use the side entrance for deliveries.
none | Is it possible to pay by card?
none | The invoice will be checked and then released.
none | If the price is too high we will not order again.
none | Is the delivery complete by Friday?
none | My colleague will call you about the order.
none | Which payment terms would apply to instalments?
none | Our board meets on 3 May and decides about the budget.
none | Let us have your offer as a PDF.
none | Please send the goods to our new warehouse.
none | I saw the statement, thank you.
none | Our payment run is on Fridays.
none | Two of us will be at the fair next week.
none | Ab sofort haben wir samstags geöffnet.
none | Können wir auch per Lastschrift zahlen?
none | Wir erhalten unser Geld von der Versicherung erst im Juni.
none | Bitte schicken Sie die Ware künftig per Spedition.
none | Der Preis ist in Ordnung.
none | Wann wurde die Rechnung bezahlt?
none | Vielen Dank für die schnelle Gutschrift.
none | Die Lieferung war vollständig.
none | Ist bei Ihnen am Montag jemand da?
none | Désormais nous livrons aussi le samedi.
none | Peut-on payer par carte?
none | La livraison était complète, merci.
none | Le prix nous convient.
none | A partir de ahora abrimos los sábados.
none | ¿Se puede pagar con tarjeta?
none | La entrega estaba completa.
none | D'ora in poi siamo aperti il sabato.
none | Si può pagare con carta?
none | La consegna era completa.
none | Voortaan zijn wij op zaterdag open.
none | Kunnen wij met een kaart betalen?
none | De levering was volledig.`;
