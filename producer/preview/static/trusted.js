// The one policy that turns text into markup. wavesurfer sets up its shadow tree with a fixed text;
// nothing else on this page may: what comes from files is always text.
"use strict";
if (window.trustedTypes) {
  window.trustedTypes.createPolicy("default", {
    createHTML: (text) => (text === "" || /^\s*<style nonce="[\w-]+">\s*:host \{/.test(text) ? text : null),
  });
}
