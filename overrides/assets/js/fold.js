/* Texts made alike: what readers can not see or do not mind. Letter case, accents, Urdu on an Arabic keyboard, marks
   above and below, signs without width, hyphens, digits of any script, Khmer ta and da below another letter. */
window.journeyFold = (() => {
  const same = { "\u064a": "\u06cc", "\u0649": "\u06cc", "\u0643": "\u06a9", "\u0647": "\u06c1", "\u0629": "\u06c1", "\u06c3": "\u06c1", "\u06d3": "\u06d2", "\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "-": " ", "\u2010": " ", "\u2011": " ", "\u2013": " " };
  const digits = /[\u0660-\u0669\u06f0-\u06f9\u17e0-\u17e9]/g, drop = /[\u0300-\u036f\u00ad\u0640\u064b-\u065f\u0670\u17b4\u17b5\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
  const letters = new RegExp(Object.keys(same).join("|"), "g");
  return (text) => text.normalize("NFD").toLowerCase().replace(drop, "").replace(letters, (letter) => same[letter])
    .replace(digits, (digit) => (digit.codePointAt(0) & 0xf) % 10).replace(/\u17d2\u178a/g, "\u17d2\u178f").replace(/\s+/g, " ");
})();
