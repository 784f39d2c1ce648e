"""What a build leaves for the next one: texts, pages and copies that would come out the same are not made again."""
