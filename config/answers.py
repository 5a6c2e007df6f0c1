"""Answers in the portal's own words where Django has none, or has one for developers only."""

from django.conf import settings
from django.shortcuts import render

OWN = {405: "405.html"}
"""A page opened by its address that takes forms only: Django sends an empty answer."""
OWN_UNDER_DEBUG = {404: "404.html"}
"""The demonstration runs under DEBUG and is shown to people who read no list of URL patterns."""


class OwnWordsMiddleware:
    """Give an answer without words a page that says what happened and where to go on."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        pages = OWN | OWN_UNDER_DEBUG if settings.DEBUG else OWN
        template = pages.get(response.status_code)
        if template is None or not request.accepts("text/html"):
            return response
        answer = render(request, template, status=response.status_code)
        if "Allow" in response.headers:
            answer.headers["Allow"] = response.headers["Allow"]
        return answer
