"""`make accessibility`: axe-core in headless Chromium over every kind of page that a night writes; exit 1 on a fault.

Needs Chromium and npm on the machine. The pages are those of `out/<newest night>`, or of the folder given.
"""

import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from statutory.settings import Council

AXE = "axe-core@4.10.3"
WORST = ("serious", "critical")
PHONE = 390  # px
RUN = """
<script>
addEventListener("load", () => axe.run().then(found => {
  const told = document.createElement("pre");
  told.id = "told";
  told.textContent = JSON.stringify({
    wide: document.documentElement.scrollWidth - innerWidth,
    faults: found.violations.map(one => [one.impact, one.id, one.nodes.length, one.nodes[0].target.join(" ")]),
  });
  document.body.append(told);
}));
</script>
"""


def pages(out: Path) -> list[Path]:
    """One page of each kind: index, an area, both editions, evidence, reports, dictionary, checks."""
    kinds = (
        "indicators.html", "timeliness.html", "dictionary.html", "checks.html", "pack/inspectors/pack.html",
        "pack/public/pack.html", "pack/inspectors/evidence/T03.html", "reports/councillors/councillors.html",
        "reports/managers/managers.html", "reports/teams/team_T01.html",
    )  # fmt: skip
    return [out / kind for kind in kinds if (out / kind).exists()]


def main() -> None:
    """Print the faults of each page and how far it scrolls sideways on a phone."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    npm = shutil.which("npm")
    if not chromium or not npm:
        raise SystemExit("this needs chromium and npm on the PATH")
    nights = [path for path in Council().out.iterdir() if re.fullmatch(r"\d{4}-\d\d-\d\d", path.name)]
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else max(nights, default=Path())
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run([npm, "pack", "--silent", AXE], cwd=folder, check=True, capture_output=True, text=True)
        with tarfile.open(Path(folder) / packed.stdout.strip()) as archive:
            script = archive.extractfile("package/axe.min.js")
            axe = script.read().decode() if script else ""
        for page in pages(out):
            text = page.read_text(encoding="utf-8")
            copy = Path(folder) / "page.html"
            copy.write_text(text.replace("</body>", f"<script>{axe}</script>{RUN}</body>"), encoding="utf-8")
            shown = subprocess.run(
                [chromium, "--headless", "--no-sandbox", "--hide-scrollbars", f"--window-size={PHONE},844",
                 "--virtual-time-budget=60000", "--dump-dom", copy.as_uri()],
                check=True, capture_output=True, text=True,
            ).stdout  # fmt: skip
            found = re.search(r'<pre id="told">(.*?)</pre>', shown, re.DOTALL)
            if not found:
                raise SystemExit(f"axe did not finish on {page.relative_to(out)}")
            told = json.loads(found[1].replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&"))
            faults = [fault for fault in told["faults"] if fault[0] in WORST]
            wrong += len(faults) + (told["wide"] > 0)
            print(f"{page.relative_to(out)}: {len(faults)} serious, {told['wide']} px too wide", told["faults"])
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
