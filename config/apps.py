from django.apps import AppConfig
from django.db.backends.signals import connection_created

from config import sqlite


class ConfigConfig(AppConfig):
    name = "config"
    verbose_name = "Cổng thông tin"

    def ready(self):
        connection_created.connect(sqlite.prepare, dispatch_uid="config.sqlite.prepare")
