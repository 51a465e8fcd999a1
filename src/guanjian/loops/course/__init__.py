"""What is taught and asked for a post? Courses with their question bank: drafted, reviewed by another hand, in force, retired."""
