/**
 * Headers on every answer to a page, in Electron and in a browser: scripts from our own files only, no frames, no
 * plug-ins, no other origin. Ant Design writes its styles into the page, hence 'unsafe-inline' for styles alone.
 */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/**
 * Of the pages that may ask for a microphone: the set-up page records a bank's own voice (HW5), and to the speaker page
 * browsers name the loudspeakers of the PC only then.
 */
export const MICROPHONE_HEADERS: Readonly<Record<string, string>> = {
  'permissions-policy': String(SECURITY_HEADERS['permissions-policy']).replace(
    'microphone=()',
    'microphone=(self)',
  ),
};
