// What reminders say in Spanish, Italian, Portuguese and Romanian.

import type { Phases } from './reminder-phrases.ts';

export const es: Phases = {
  upcoming: {
    subject: {
      one: 'La factura {{ items[0].number }} vence el {{ items[0].due_on | date }}',
      many: '{{ items.size }} facturas de {{ company.name }} vencen próximamente',
    },
    opening: {
      one:
        'Le informamos de que la siguiente factura vence próximamente. Si su pago ya está previsto, no ' +
        'tiene que hacer nada.',
      many:
        'Le informamos de que las siguientes facturas vencen próximamente. Si su pago ya está previsto, ' +
        'no tiene que hacer nada.',
    },
  },
  due_today: {
    subject: {
      one: 'La factura {{ items[0].number }} vence hoy',
      many: 'Hoy vence un pago a {{ company.name }}',
    },
    opening: {
      one: 'La siguiente factura vence hoy. Si su pago ya está en camino, muchas gracias.',
      many:
        'Hoy vence un pago correspondiente a las siguientes facturas. Si su pago ya está en camino, ' +
        'muchas gracias.',
    },
  },
  first_reminder: {
    subject: {
      one: 'Recordatorio: factura {{ items[0].number }}',
      many: 'Recordatorio: {{ items.size }} facturas pendientes de {{ company.name }}',
    },
    opening: {
      one:
        'Según nuestros registros, la siguiente factura sigue pendiente. Quizá se haya pasado por alto; ' +
        'le agradeceríamos su pago.',
      many:
        'Según nuestros registros, las siguientes facturas siguen pendientes. Quizá se hayan pasado por ' +
        'alto; le agradeceríamos su pago.',
    },
  },
  second_reminder: {
    subject: {
      one: 'Vencida: factura {{ items[0].number }}',
      many: 'Vencidas: facturas de {{ company.name }}',
    },
    opening: {
      one:
        'La siguiente factura sigue pendiente aunque ya ha vencido. Le rogamos que la pague en los ' +
        'próximos días o que nos indique cuándo podemos esperar su pago.',
      many:
        'Las siguientes facturas siguen pendientes y el pago está vencido. Le rogamos que pague lo ' +
        'vencido en los próximos días o que nos indique cuándo podemos esperar su pago.',
    },
  },
  third_reminder: {
    subject: {
      one: 'Urgente: la factura {{ items[0].number }} venció hace tiempo',
      many: 'Urgente: facturas de {{ company.name }} vencidas hace tiempo',
    },
    opening: {
      one:
        'La siguiente factura sigue pendiente mucho después de su vencimiento. Le rogamos que la pague ' +
        'sin más demora. Si no puede pagar todo el importe de una vez, póngase en contacto con nosotros ' +
        'ahora para encontrar juntos una solución.',
      many:
        'Las siguientes facturas siguen pendientes y el pago venció hace tiempo. Le rogamos que pague lo ' +
        'vencido sin más demora. Si no puede pagar todo de una vez, póngase en contacto con nosotros ' +
        'ahora para encontrar juntos una solución.',
    },
  },
};

export const it: Phases = {
  upcoming: {
    subject: {
      one: 'La fattura {{ items[0].number }} scade il {{ items[0].due_on | date }}',
      many: '{{ items.size }} fatture di {{ company.name }} in scadenza',
    },
    opening: {
      one:
        'La informiamo che la seguente fattura scadrà a breve. Se il pagamento è già previsto, non deve ' +
        'fare nulla.',
      many:
        'La informiamo che le seguenti fatture scadranno a breve. Se il pagamento è già previsto, non ' +
        'deve fare nulla.',
    },
  },
  due_today: {
    subject: {
      one: 'La fattura {{ items[0].number }} scade oggi',
      many: 'Oggi scade un pagamento a {{ company.name }}',
    },
    opening: {
      one: 'la seguente fattura scade oggi. Se il Suo pagamento è già in corso, grazie.',
      many:
        'oggi scade un pagamento relativo alle seguenti fatture. Se il Suo pagamento è già in corso, ' +
        'grazie.',
    },
  },
  first_reminder: {
    subject: {
      one: 'Promemoria: fattura {{ items[0].number }}',
      many: 'Promemoria: {{ items.size }} fatture aperte di {{ company.name }}',
    },
    opening: {
      one:
        'dai nostri dati la seguente fattura risulta ancora aperta. Forse è sfuggita; Le saremmo grati ' +
        'del pagamento.',
      many:
        'dai nostri dati le seguenti fatture risultano ancora aperte. Forse sono sfuggite; Le saremmo ' +
        'grati del pagamento.',
    },
  },
  second_reminder: {
    subject: {
      one: 'Scaduta: fattura {{ items[0].number }}',
      many: 'Scadute: fatture di {{ company.name }}',
    },
    opening: {
      one:
        'la seguente fattura è ancora aperta benché già scaduta. La preghiamo di pagarla nei prossimi ' +
        'giorni o di comunicarci quando possiamo attendere il pagamento.',
      many:
        'le seguenti fatture sono ancora aperte e il pagamento è scaduto. La preghiamo di pagare quanto ' +
        'scaduto nei prossimi giorni o di comunicarci quando possiamo attendere il pagamento.',
    },
  },
  third_reminder: {
    subject: {
      one: 'Urgente: fattura {{ items[0].number }} scaduta da molto tempo',
      many: 'Urgente: fatture di {{ company.name }} scadute da molto tempo',
    },
    opening: {
      one:
        'la seguente fattura è ancora aperta molto tempo dopo la scadenza. La preghiamo di pagarla senza ' +
        'ulteriore ritardo. Se non può pagare l’intero importo in una volta, ci contatti subito per ' +
        'trovare insieme una soluzione.',
      many:
        'le seguenti fatture sono ancora aperte e il pagamento è scaduto da molto tempo. La preghiamo di ' +
        'pagare quanto scaduto senza ulteriore ritardo. Se non può pagare tutto in una volta, ci ' +
        'contatti subito per trovare insieme una soluzione.',
    },
  },
};

export const pt: Phases = {
  upcoming: {
    subject: {
      one: 'A fatura {{ items[0].number }} vence em {{ items[0].due_on | date }}',
      many: '{{ items.size }} faturas de {{ company.name }} vencem em breve',
    },
    opening: {
      one:
        'Informamos que a fatura seguinte vence em breve. Se o pagamento já está previsto, não precisa ' +
        'de fazer nada.',
      many:
        'Informamos que as faturas seguintes vencem em breve. Se o pagamento já está previsto, não ' +
        'precisa de fazer nada.',
    },
  },
  due_today: {
    subject: {
      one: 'A fatura {{ items[0].number }} vence hoje',
      many: 'Vence hoje um pagamento a {{ company.name }}',
    },
    opening: {
      one: 'A fatura seguinte vence hoje. Se o seu pagamento já está a caminho, muito obrigado.',
      many:
        'Vence hoje um pagamento relativo às faturas seguintes. Se o seu pagamento já está a caminho, ' +
        'muito obrigado.',
    },
  },
  first_reminder: {
    subject: {
      one: 'Lembrete: fatura {{ items[0].number }}',
      many: 'Lembrete: {{ items.size }} faturas em aberto de {{ company.name }}',
    },
    opening: {
      one:
        'De acordo com os nossos registos, a fatura seguinte continua em aberto. Talvez tenha passado ' +
        'despercebida; agradecemos o seu pagamento.',
      many:
        'De acordo com os nossos registos, as faturas seguintes continuam em aberto. Talvez tenham ' +
        'passado despercebidas; agradecemos o seu pagamento.',
    },
  },
  second_reminder: {
    subject: {
      one: 'Vencida: fatura {{ items[0].number }}',
      many: 'Vencidas: faturas de {{ company.name }}',
    },
    opening: {
      one:
        'A fatura seguinte continua em aberto, embora já tenha vencido. Agradecemos que a pague nos ' +
        'próximos dias ou que nos informe quando podemos contar com o pagamento.',
      many:
        'As faturas seguintes continuam em aberto e o pagamento está vencido. Agradecemos que pague o ' +
        'valor vencido nos próximos dias ou que nos informe quando podemos contar com o pagamento.',
    },
  },
  third_reminder: {
    subject: {
      one: 'Urgente: a fatura {{ items[0].number }} está vencida há muito tempo',
      many: 'Urgente: faturas de {{ company.name }} vencidas há muito tempo',
    },
    opening: {
      one:
        'A fatura seguinte continua em aberto muito depois do vencimento. Pedimos que a pague sem mais ' +
        'demora. Se não puder pagar o valor total de uma só vez, contacte-nos já, para encontrarmos ' +
        'juntos uma solução.',
      many:
        'As faturas seguintes continuam em aberto e o pagamento está vencido há muito tempo. Pedimos que ' +
        'pague o valor vencido sem mais demora. Se não puder pagar tudo de uma só vez, contacte-nos já, ' +
        'para encontrarmos juntos uma solução.',
    },
  },
};

export const ro: Phases = {
  upcoming: {
    subject: {
      one: 'Factura {{ items[0].number }} este scadentă la {{ items[0].due_on | date }}',
      many: 'Facturi de la {{ company.name }} scadente în curând',
    },
    opening: {
      one:
        'Vă informăm că următoarea factură va fi scadentă în curând. Dacă plata este deja planificată, ' +
        'nu trebuie să faceți nimic.',
      many:
        'Vă informăm că următoarele facturi vor fi scadente în curând. Dacă plata este deja planificată, ' +
        'nu trebuie să faceți nimic.',
    },
  },
  due_today: {
    subject: {
      one: 'Factura {{ items[0].number }} este scadentă astăzi',
      many: 'O plată către {{ company.name }} este scadentă astăzi',
    },
    opening: {
      one: 'Următoarea factură este scadentă astăzi. Dacă plata este deja pe drum, vă mulțumim.',
      many:
        'Astăzi este scadentă o plată pentru următoarele facturi. Dacă plata este deja pe drum, vă ' +
        'mulțumim.',
    },
  },
  first_reminder: {
    subject: {
      one: 'Memento: factura {{ items[0].number }}',
      many: 'Memento: facturi neachitate de la {{ company.name }}',
    },
    opening: {
      one:
        'Conform evidențelor noastre, următoarea factură este încă neachitată. Poate a fost trecută cu ' +
        'vederea; v-am fi recunoscători pentru plată.',
      many:
        'Conform evidențelor noastre, următoarele facturi sunt încă neachitate. Poate au fost trecute cu ' +
        'vederea; v-am fi recunoscători pentru plată.',
    },
  },
  second_reminder: {
    subject: {
      one: 'Scadență depășită: factura {{ items[0].number }}',
      many: 'Scadență depășită: facturi de la {{ company.name }}',
    },
    opening: {
      one:
        'Următoarea factură este încă neachitată, deși scadența a trecut. Vă rugăm să o achitați în ' +
        'zilele următoare sau să ne comunicați când putem aștepta plata.',
      many:
        'Următoarele facturi sunt încă neachitate și scadența plății a trecut. Vă rugăm să achitați suma ' +
        'scadentă în zilele următoare sau să ne comunicați când putem aștepta plata.',
    },
  },
  third_reminder: {
    subject: {
      one: 'Urgent: factura {{ items[0].number }} are scadența depășită de mult timp',
      many: 'Urgent: facturi de la {{ company.name }} cu scadența depășită de mult timp',
    },
    opening: {
      one:
        'Următoarea factură este încă neachitată la mult timp după scadență. Vă rugăm să o achitați fără ' +
        'altă întârziere. Dacă nu puteți plăti întreaga sumă o dată, vă rugăm să ne contactați acum, ca ' +
        'să găsim împreună o soluție.',
      many:
        'Următoarele facturi sunt încă neachitate, iar scadența plății a trecut de mult timp. Vă rugăm ' +
        'să achitați suma scadentă fără altă întârziere. Dacă nu puteți plăti totul o dată, vă rugăm să ' +
        'ne contactați acum, ca să găsim împreună o soluție.',
    },
  },
};
