"""What stock TensorBoard shows of texts: {"markdown": [...], "html": [...]} on standard input, and as answered."""

import json
import sys

from tensorboard import plugin_util


def rendered(text):
    # Stock lets a text's references live on in those after it.
    plugin_util._MARKDOWN_STORE.markdown.reset()
    return plugin_util.markdown_to_safe_html(text)


if __name__ == "__main__":
    texts = json.load(sys.stdin)
    answers = {
        "markdown": [rendered(text) for text in texts["markdown"]],
        "html": [plugin_util.safe_html(text) for text in texts["html"]],
    }
    json.dump(answers, sys.stdout)
