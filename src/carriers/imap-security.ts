// How a connection to somebody's mail server is kept secret. Pure: contracts and pages read it.

/** `tls`: encrypted from the first byte. `starttls`: encrypted after it stands, or not used at all. `none`: for this machine only. */
export const IMAP_SECURITY = ['tls', 'starttls', 'none'] as const;
export type ImapSecurity = (typeof IMAP_SECURITY)[number];
