// Sentences with what they say, written for measuring only: none is among the examples the model learns from. They are
// invented, so what is measured here is a first impression and no promise about real mail.

/** `intent | sentence`; `none` says nothing of the kind. */
export const HELD_OUT = `promise | The outstanding 840.00 EUR will go out with our run on 22 April.
promise | You'll have it in your account by the end of this week.
promise | I'm going to pay the rest next Tuesday.
promise | Our treasury has scheduled the transfer for 3 May.
promise | We can settle the first half on Monday and the second half in June.
promise | Wir begleichen die offene Rechnung bis spätestens 30. April.
promise | Der Betrag geht nächsten Dienstag raus.
promise | Ich werde die Rechnung übermorgen bezahlen.
promise | Die Überweisung ist für Montag vorgesehen.
promise | Nous paierons les 450 € avant vendredi.
promise | Le règlement est prévu pour le 30 avril.
promise | Vous recevrez le virement la semaine prochaine.
promise | Abonaremos el importe el próximo lunes.
promise | La transferencia saldrá el 30 de abril.
promise | Effettueremo il bonifico lunedì.
promise | Salderemo la fattura a fine mese.
promise | We betalen de openstaande factuur uiterlijk dinsdag.
promise | Het bedrag zal maandag worden overgemaakt.
dispute | The amount you charged does not match our order.
dispute | Half of the boxes were broken when they reached us.
dispute | We were overcharged by 120 EUR.
dispute | This is a duplicate invoice, it was billed in January as well.
dispute | We refuse the invoice since the work was not finished.
dispute | Die Lieferung war unvollständig, es fehlen vier Paletten.
dispute | Der berechnete Preis ist zu hoch, vereinbart waren 80 Euro.
dispute | Hiermit widersprechen wir der Rechnung.
dispute | Deux articles étaient défectueux à la réception.
dispute | Nous avons été facturés deux fois.
dispute | Falta nuestro número de pedido en la factura.
dispute | Los productos llegaron defectuosos.
dispute | I prezzi in fattura non sono corretti.
dispute | La merce non è stata consegnata.
dispute | Er zijn maar acht van de tien dozen geleverd.
dispute | Wij gaan niet akkoord met de factuur.
paid_already | That one was settled on 2 April, see the attached bank slip.
paid_already | We wired the money ten days ago.
paid_already | According to our bank the invoice has been paid.
paid_already | Das haben wir am 2. April bezahlt.
paid_already | Die Überweisung wurde letzte Woche ausgeführt.
paid_already | La facture a été réglée le 2 avril.
paid_already | Nous vous avons payés la semaine dernière.
paid_already | El importe ya fue transferido.
paid_already | Hemos pagado el 2 de abril.
paid_already | La fattura è stata pagata il 2 aprile.
paid_already | Il bonifico risulta già eseguito.
paid_already | Die factuur hebben wij op 2 april betaald.
paid_already | Het bedrag is vorige week voldaan.
remittance | Enclosed you will find the remittance for this week's payment.
remittance | The payment of today is for the invoices below.
remittance | Im Anhang das Avis zu unserer heutigen Zahlung.
remittance | Unsere Zahlung betrifft folgende Rechnungen.
remittance | Voici le détail de notre virement.
remittance | Les enviamos el desglose del pago.
remittance | Inviamo il dettaglio del pagamento odierno.
remittance | Bijgevoegd de betalingsspecificatie.
copy_request | Could I have the invoice as a PDF once more?
copy_request | We can't find it, please forward the invoice to me.
copy_request | May we have an up-to-date statement?
copy_request | Diese Rechnung haben wir nie erhalten, können Sie sie bitte schicken?
copy_request | Bitte um Zusendung der Rechnung als PDF.
copy_request | Merci de nous transmettre la facture.
copy_request | Il nous faut un duplicata.
copy_request | ¿Me puede mandar la factura otra vez?
copy_request | Può rimandarmi la fattura?
copy_request | Kunt u de factuur nogmaals mailen?
contact_change | As of May our invoices go to invoices@client.example.
contact_change | Mr Patel has left the company, Ms Wong took over.
contact_change | Ab Mai ist Herr Brandt Ihr neuer Ansprechpartner.
contact_change | Unsere neue Rechnungsadresse lautet rechnung@client.example.
contact_change | Mon collègue a quitté la société.
contact_change | Veuillez noter notre nouvelle adresse pour les factures.
contact_change | El nuevo contacto es la señora Ruiz.
contact_change | Il nuovo referente è il signor Conti.
contact_change | De nieuwe contactpersoon is mevrouw Smit.
insolvency | The firm went into administration last month.
insolvency | We have filed for Chapter 11 protection.
insolvency | Das Insolvenzverfahren ist beantragt.
insolvency | La société a déposé le bilan et une procédure de sauvegarde est ouverte.
insolvency | Nuestra empresa ha entrado en concurso.
insolvency | Abbiamo presentato domanda di concordato preventivo.
insolvency | De rechtbank heeft ons failliet verklaard.
stop | I don't want any more emails from you.
stop | Take me off this mailing list.
stop | Hören Sie auf, mir zu schreiben.
stop | Ich möchte keine weiteren Mails.
stop | Arrêtez de m'écrire.
stop | Dejen de enviarme correos.
stop | Smettete di scrivermi.
stop | Ik wil geen mails meer ontvangen.
none | Thanks, noted.
none | I am on holiday until Monday and will read this then.
none | Who in your team handles deliveries?
none | We have no budget left and cannot settle anything this quarter.
none | Could you confirm the delivery date of our order?
none | I'll ask my manager about it.
none | The training on Friday went very well.
none | Please see the signed contract attached.
none | Ich gebe das an den Einkauf weiter.
none | Wann kommt der Techniker?
none | Die Bestellung vom Montag ist angekommen.
none | Wir prüfen das und geben Bescheid.
none | Je transmets à ma collègue.
none | Quand arrivera la commande?
none | Nous sommes fermés vendredi.
none | Lo reviso con mi compañera.
none | ¿Cuándo llega el pedido?
none | Ne parlo con il mio responsabile.
none | Quando arriva l'ordine?
none | Ik overleg dit met mijn collega.
none | Wanneer komt de bestelling?`;
