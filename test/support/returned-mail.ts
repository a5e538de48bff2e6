// Mails as mail servers of the world send them back, for the tests.

/** A delivery report (RFC 3464) about one reader. */
export function aDeliveryReport(given: {
  readonly to: string;
  readonly reader: string;
  readonly action?: string;
  readonly status?: string;
  readonly words?: string;
  /** Message-ID of what is returned, without brackets. */
  readonly returned?: string;
}): Uint8Array {
  const lines = [
    'From: Mail Delivery System <MAILER-DAEMON@mx.capek.example>',
    `To: ${given.to}`,
    'Subject: Delivery Status Notification',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'About your message.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.capek.example',
    '',
    `Final-Recipient: rfc822; ${given.reader}`,
    `Action: ${given.action ?? 'failed'}`,
    `Status: ${given.status ?? '5.1.1'}`,
    `Diagnostic-Code: smtp; ${given.words ?? '550 5.1.1 user unknown'}`,
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: <${given.returned ?? 'nothing@elsewhere.example'}>`,
    '',
    '--b--',
    '',
  ];
  return new TextEncoder().encode(lines.join('\r\n'));
}
